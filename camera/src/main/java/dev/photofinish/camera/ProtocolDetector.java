package dev.photofinish.camera;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells by the first bytes of a connection whether it speaks RTSP or opens a tunnel over HTTP, and
 * leaves.
 */
final class ProtocolDetector extends ByteToMessageDecoder {

  private static final byte[] GET = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] POST = "POST ".getBytes(StandardCharsets.US_ASCII);

  private final Device device;
  private final HttpTunnels tunnels;
  private final RtspConnection connection;

  ProtocolDetector(Device device, HttpTunnels tunnels, RtspConnection connection) {
    this.device = device;
    this.tunnels = tunnels;
    this.connection = connection;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    boolean get = begins(in, GET);
    boolean post = begins(in, POST);
    if ((get && in.readableBytes() >= GET.length) || (post && in.readableBytes() >= POST.length)) {
      ctx.pipeline()
          .addAfter(ctx.name(), null, new TunnelServer(device, tunnels, connection))
          .addAfter(ctx.name(), null, new HttpServerCodec())
          .remove(this);
    } else if (!get && !post) {
      connection.admit();
      ctx.pipeline().remove(this);
    }
  }

  /** Whether what has come so far is, or may become, {@code word}. */
  private static boolean begins(ByteBuf in, byte[] word) {
    int length = Math.min(word.length, in.readableBytes());
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
