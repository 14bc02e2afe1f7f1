package dev.photofinish.relay.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

/** Connections above a number. */
class ConnectionLimitTest {
  private final ConnectionLimit limit = new ConnectionLimit(3, 2);

  /** A channel from this address, with the limit. */
  private static final class From extends EmbeddedChannel {
    private final SocketAddress remote;

    From(ConnectionLimit limit, String address) {
      super(DefaultChannelId.newInstance());
      remote = new InetSocketAddress(address, 4711);
      pipeline().addLast(limit);
      pipeline().fireChannelActive();
    }

    @Override
    public SocketAddress remoteAddress() {
      return remote;
    }
  }

  private EmbeddedChannel from(String address) {
    return new From(limit, address);
  }

  /** A host of IPv6 has 2^64 addresses. */
  @Test
  void ofIpv6AHostIsItsNetwork() {
    EmbeddedChannel first = from("2001:db8:1:2::1");
    assertThat(from("2001:db8:1:2::2").isOpen()).isTrue();
    assertThat(from("2001:db8:1:2:3:4:5:6").isOpen()).isFalse();
    assertThat(from("2001:db8:1:3::1").isOpen()).isTrue();
    assertThat(from("192.0.2.1").isOpen()).isFalse();
    var unused = first.close();
    assertThat(from("2001:db8:1:2::3").isOpen()).isTrue();
  }
}
