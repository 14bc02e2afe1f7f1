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

/** Opens the transports that the readers and publishers of one connection ask for. */
final class TransportOpener {
  private static final int UNSUPPORTED = 461;
  private static final String UDP = "udp";

  private final ServerContext context;
  private final Channel channel;
  private final ConnectionKind kind;
  private final InterleavedWriter writer;
  private final Runnable alive;

  /**
   * @param alive called when a client sends a datagram
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
   * @param name human-readable
   */
  record Opened<W extends TrackWay>(ServedTransport answer, W way, String name) {}

  /**
   * Opens what is offered, or fails with a {@link RefusedException}.
   *
   * @param session that owns what is shared by its tracks
   * @param ended takes why the source of a group has ended
   */
  CompletableFuture<Opened<TrackOutput>> open(
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
          new Opened<>(
              new ServedTransport.Interleaved(ssrc),
              new InterleavedOutput(writer, interleaved.channels(), index),
              kind.toString()));
    }
    return offer instanceof TransportOffer.Udp udp
        ? udp(session, udp, ssrc)
        : multicast(session.source(), tracks.size(), index, ssrc, ended);
  }

  private static <T> CompletableFuture<T> refuse(int status, String reason) {
    return CompletableFuture.failedFuture(new RefusedException(status, reason));
  }

  private CompletableFuture<Opened<TrackOutput>> udp(
      ReaderSession session, TransportOffer.Udp offer, OptionalLong ssrc) {
    return ports()
        .thenApply(
            ports ->
                new Opened<>(
                    new ServedTransport.Udp(ports.pair(), Optional.empty(), ssrc),
                    new UdpOutput(
                        ports,
                        session.sender(ports),
                        remote(),
                        offer.ports(),
                        alive,
                        session::reported),
                    UDP));
  }

  /** Opens what a publisher offers, or fails with a {@link RefusedException}. */
  CompletableFuture<Opened<TrackInput>> openInput(TransportOffer offer) {
    if (offer instanceof TransportOffer.Interleaved interleaved) {
      return CompletableFuture.completedFuture(
          new Opened<>(
              new ServedTransport.Interleaved(OptionalLong.empty()),
              new InterleavedInput(writer, interleaved.channels()),
              kind.toString()));
    }
    if (offer instanceof TransportOffer.Udp udp) {
      return ports()
          .thenApply(
              ports ->
                  new Opened<>(
                      new ServedTransport.Udp(ports.pair(), Optional.empty(), OptionalLong.empty()),
                      new UdpInput(ports, remote(), udp.ports(), alive),
                      UDP));
    }
    return refuse(UNSUPPORTED, "");
  }

  /** The address that the connection comes from. */
  private InetAddress remote() {
    return ((InetSocketAddress) channel.remoteAddress()).getAddress();
  }

  /** The ports for datagrams of this connection's client. */
  private CompletableFuture<ServerPorts> ports() {
    if (kind.isEncrypted() || kind.isTunnel()) {
      return refuse(
          UNSUPPORTED,
          kind.isTunnel()
              ? "Unsupported Transport: datagrams do not come through a tunnel"
              : "Unsupported Transport: datagrams would not be encrypted, SRTP is not served");
    }
    if (!context.options().udp()
        || !(channel.localAddress() instanceof InetSocketAddress local)
        || !(channel.remoteAddress() instanceof InetSocketAddress)) {
      return refuse(UNSUPPORTED, "");
    }
    return context.ports().at(channel.eventLoop(), local.getAddress());
  }

  private CompletableFuture<Opened<TrackOutput>> multicast(
      Source source, int tracks, int index, OptionalLong ssrc, Consumer<String> ended) {
    MulticastGroups groups = context.groups();
    if (groups == null || kind.isEncrypted() || kind.isTunnel()) {
      return refuse(UNSUPPORTED, "");
    }
    return groups
        .join(source, tracks, channel.eventLoop(), ended)
        .thenApply(
            feed ->
                new Opened<>(
                    new ServedTransport.Multicast(
                        feed.group(), feed.ports(index), groups.ttl(), Optional.empty(), ssrc),
                    new MulticastOutput(() -> groups.leave(source, feed, ended)),
                    "multicast"));
  }
}
