package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.LimitedCounts;
import dev.photofinish.relay.limit.SourceAddress;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that the connections of a server share.
 *
 * @param tls null for none
 * @param random draws nonces and session ids
 * @param addresses counts connections by their source address
 * @param readers counts sessions by their source
 * @param groups null where multicast is not served
 * @param open the connections that speak RTSP
 */
record ServerContext(
    Sources sources,
    Access access,
    RtspServerOptions options,
    @Nullable SslContext tls,
    RandomGenerator random,
    Ticker clock,
    CountedLog log,
    LimitedCounts<InetAddress> addresses,
    LimitedCounts<String> readers,
    FailedLogins logins,
    UdpPorts ports,
    @Nullable MulticastGroups groups,
    Tunnels tunnels,
    Set<OpenConnection> open) {

  /** A login on this connection failed. */
  void failedLogin(Channel channel) {
    InetAddress from = SourceAddress.of(channel);
    if (from != null) {
      logins.add(from, clock.nanoTime());
    }
  }

  /** Takes a place among the readers of a stream; false if none is free. */
  boolean enterReader(String stream, String remote) {
    if (readers.enter(stream) == LimitedCounts.Entry.ENTERED) {
      return true;
    }
    log.say(
        CountedLog.Kind.READER_LIMIT,
        () ->
            remote
                + " is refused, since "
                + stream
                + " or the server has as many readers as it may");
    return false;
  }

  boolean isEncrypted() {
    return tls != null;
  }
}
