package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.dialogue.server.ServedTransport;
import dev.photofinish.rtsp.dialogue.server.TransportOffer;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Opens the transports that the readers of one connection ask for. */
final class TransportOpener {
  private static final int UNSUPPORTED = 461;

  private final ServerContext context;
  private final Channel channel;
  private final ConnectionKind kind;
  private final InterleavedWriter writer;
  private final Runnable alive;

  /**
   * @param alive called when a reader sends a datagram
   */
  TransportOpener(
      ServerContext context,
      Channel channel,
      ConnectionKind kind,
      InterleavedWriter writer,
      Runnable alive) {
    this.context = context;
    this.channel = channel;
    this.kind = kind;
    this.writer = writer;
    this.alive = alive;
  }

  /**
   * A transport that is open.
   *
   * @param name for people, as that of the reader
   */
  record Opened(ServedTransport answer, TrackOutput output, String name) {}

  /**
   * Opens what is offered, or fails with a {@link RefusedException}.
   *
   * @param session that owns what is shared by its tracks
   * @param ended takes why the source of a group has ended
   */
  CompletableFuture<Opened> open(
      ReaderSession session,
      List<SourceTrack> tracks,
      int index,
      TransportOffer offer,
      Consumer<String> ended) {
    if (index >= tracks.size()) {
      return refuse(404, "");
    }
    OptionalLong ssrc = OptionalLong.of(tracks.get(index).ssrc());
    if (offer instanceof TransportOffer.Interleaved interleaved) {
      return CompletableFuture.completedFuture(
          new Opened(
              new ServedTransport.Interleaved(ssrc),
              new InterleavedOutput(writer, interleaved.channels(), index),
              kind.toString()));
    }
    return offer instanceof TransportOffer.Udp udp
        ? udp(session, udp, ssrc)
        : multicast(session.source(), tracks.size(), index, ssrc, ended);
  }

  private static CompletableFuture<Opened> refuse(int status, String reason) {
    return CompletableFuture.failedFuture(new RefusedException(status, reason));
  }

  private CompletableFuture<Opened> udp(
      ReaderSession session, TransportOffer.Udp offer, OptionalLong ssrc) {
    if (kind.isEncrypted() || kind.isTunnel()) {
      return refuse(
          UNSUPPORTED,
          kind.isTunnel()
              ? "Unsupported Transport: datagrams do not come through a tunnel"
              : "Unsupported Transport: datagrams would not be encrypted, SRTP is not served");
    }
    if (!context.options().udp()
        || !(channel.localAddress() instanceof InetSocketAddress local)
        || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return refuse(UNSUPPORTED, "");
    }
    InetAddress reader = remote.getAddress();
    return context
        .ports()
        .at(channel.eventLoop(), local.getAddress())
        .thenApply(
            ports ->
                new Opened(
                    new ServedTransport.Udp(ports.pair(), Optional.empty(), ssrc),
                    new UdpOutput(ports, session.sender(ports), reader, offer.ports(), alive),
                    "udp"));
  }

  private CompletableFuture<Opened> multicast(
      Source source, int tracks, int index, OptionalLong ssrc, Consumer<String> ended) {
    MulticastGroups groups = context.groups();
    if (groups == null || kind.isEncrypted() || kind.isTunnel()) {
      return refuse(UNSUPPORTED, "");
    }
    return groups
        .join(source, tracks, channel.eventLoop(), ended)
        .thenApply(
            feed ->
                new Opened(
                    new ServedTransport.Multicast(
                        feed.group(), feed.ports(index), groups.ttl(), Optional.empty(), ssrc),
                    new MulticastOutput(() -> groups.leave(source, feed, ended)),
                    "multicast"));
  }
}
