package dev.photofinish.connect.channel;

import dev.photofinish.connect.cause.CauseMapper;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds sockets to network interfaces: a local address alone does not choose the way out, the
 * routes do.
 */
public final class InterfaceBinding {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceBinding.class);

  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;

  private InterfaceBinding() {}

  /**
   * On Linux with a native transport, and where the kernel lets this process (all may from Linux
   * 5.7 on, CAP_NET_RAW before); without effect elsewhere, where the local address has to do.
   */
  public static void bind(Channel channel, String networkInterface) {
    if (!(channel instanceof UnixChannel)) {
      return;
    }
    byte[] name = (networkInterface + '\0').getBytes(StandardCharsets.UTF_8);
    try {
      channel
          .config()
          .setOption(
              new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, name.length),
              ByteBuffer.wrap(name));
    } catch (ChannelException e) {
      LOG.debug("not bound to interface {}: {}", networkInterface, CauseMapper.detail(e));
    }
  }
}
