package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.dialogue.server.ServedTransport;
import dev.photofinish.rtsp.dialogue.server.TransportOffer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the transports that the readers and publishers of one connection ask for. */
final class TransportOpener {
  private static final int UNSUPPORTED = 461;
  private static final String UDP = "udp";
  private static final String SECURED = "srtp/";
  private static final String IN_USE =
      "Unsupported Transport: the keys of this description are in use, ask for another one";

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
    if (offer instanceof TransportOffer.Secured secured) {
      return secured(
          secured,
          reports -> open(session, tracks, index, secured.way(), reports, ended),
          (media, way, reports) -> new SecuredOutput(media, way, reports, ended));
    }
    return open(session, tracks, index, offer, null, ended);
  }

  private interface Encryption<W extends TrackWay> {
    W of(SecuredMedia media, W way, SecuredReports incoming);
  }

  /** One that is not opened gives the key back. */
  private static <W extends TrackWay> CompletableFuture<Opened<W>> secured(
      TransportOffer.Secured offer,
      Function<SecuredReports, CompletableFuture<Opened<W>>> open,
      Encryption<W> encryption) {
    SecuredMedia media = (SecuredMedia) offer.served();
    if (!media.take()) {
      return refuse(UNSUPPORTED, IN_USE);
    }
    var incoming = new SecuredReports(SecuredMedia.receiver(offer.agreed()));
    return open.apply(incoming)
        .thenApply(
            opened ->
                new Opened<>(
                    opened.answer(),
                    encryption.of(media, opened.way(), incoming),
                    SECURED + opened.name()))
        .whenComplete((opened, failure) -> leave(media, failure));
  }

  private static void leave(SecuredMedia media, @Nullable Throwable failure) {
    if (failure != null) {
      media.leave();
    }
  }

  private CompletableFuture<Opened<TrackOutput>> open(
      ReaderSession session,
      List<SourceTrack> tracks,
      int index,
      TransportOffer offer,
      @Nullable SecuredReports secured,
      Consumer<String> ended) {
    OptionalLong ssrc = OptionalLong.of(tracks.get(index).ssrc());
    if (offer instanceof TransportOffer.Interleaved interleaved) {
      return CompletableFuture.completedFuture(
          new Opened<>(
              new ServedTransport.Interleaved(ssrc),
              new InterleavedOutput(writer, interleaved.channels(), index),
              kind.toString()));
    }
    if (secured != null && offer instanceof TransportOffer.Multicast) {
      return refuse(UNSUPPORTED, "Unsupported Transport: each reader has a key of its own");
    }
    return offer instanceof TransportOffer.Udp udp
        ? udp(session, udp, ssrc, secured)
        : multicast(session.source(), tracks.size(), index, ssrc, ended);
  }

  private static <T> CompletableFuture<T> refuse(int status, String reason) {
    return CompletableFuture.failedFuture(new RefusedException(status, reason));
  }

  private CompletableFuture<Opened<TrackOutput>> udp(
      ReaderSession session,
      TransportOffer.Udp offer,
      OptionalLong ssrc,
      @Nullable SecuredReports secured) {
    Consumer<ByteBuf> reports =
        report -> session.reported(secured == null ? report : secured.open(report));
    return ports(secured != null)
        .thenApply(
            ports ->
                new Opened<>(
                    new ServedTransport.Udp(ports.pair(), Optional.empty(), ssrc),
                    new UdpOutput(
                        ports, session.sender(ports), remote(), offer.ports(), alive, reports),
                    UDP));
  }

  /** Opens what a publisher offers, or fails with a {@link RefusedException}. */
  CompletableFuture<Opened<TrackInput>> openInput(TransportOffer offer) {
    if (offer instanceof TransportOffer.Secured secured) {
      return secured(secured, reports -> openInput(secured.way(), true), SecuredInput::new);
    }
    return openInput(offer, false);
  }

  private CompletableFuture<Opened<TrackInput>> openInput(TransportOffer offer, boolean secured) {
    if (offer instanceof TransportOffer.Interleaved interleaved) {
      return CompletableFuture.completedFuture(
          new Opened<>(
              new ServedTransport.Interleaved(OptionalLong.empty()),
              new InterleavedInput(writer, interleaved.channels()),
              kind.toString()));
    }
    if (offer instanceof TransportOffer.Udp udp) {
      return ports(secured)
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
  private CompletableFuture<ServerPorts> ports(boolean secured) {
    if ((kind.isEncrypted() && !secured) || kind.isTunnel()) {
      return refuse(
          UNSUPPORTED,
          kind.isTunnel()
              ? "Unsupported Transport: datagrams do not come through a tunnel"
              : "Unsupported Transport: datagrams would not be encrypted without SRTP");
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
