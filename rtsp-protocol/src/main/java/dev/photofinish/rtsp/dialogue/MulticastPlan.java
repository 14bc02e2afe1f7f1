package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MulticastGroup;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SourceFilter;
import dev.photofinish.rtsp.message.TransportHeader;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group for each media that the camera sends to, in its answer to SETUP or else in the
 * description (RFC 2326 sections 12.39 and C.1.8).
 */
record MulticastPlan(OptionalInt ttl) implements TransportPlan {
  private static final int HIGHEST_PORT = 65535;

  @Override
  public boolean needsPorts() {
    return false; // the camera chooses them
  }

  @Override
  public boolean takesBackChannel() {
    return false; // a camera is one receiver
  }

  @Override
  public TransportHeader offer(int index, @Nullable Pair ports) {
    return TransportHeader.multicast(ttl);
  }

  @Override
  public TrackTransport answered(
      MediaDescription media, TransportHeader offer, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offer;
    if (answer.isTcp() || !answer.isMulticast()) {
      throw new RtspFormatException("Transport header", header.orElse(""), offer.toString());
    }
    MulticastGroup group = group(media, answer, header);
    return new TrackTransport.Multicast(
        group.address(),
        ports(media, answer, header),
        ttl.isPresent() ? ttl : group.ttl(),
        source(media, answer));
  }

  /** The answer's group and hops, and what it leaves out from the description. */
  private static MulticastGroup group(
      MediaDescription media, TransportHeader answer, Optional<String> header)
      throws RtspFormatException {
    Optional<String> destination = answer.parameter("destination").filter(text -> !text.isEmpty());
    if (destination.isPresent()) {
      String where = "destination of the Transport header";
      return new MulticastGroup(MulticastGroup.address(destination.get(), where), answer.ttl());
    }
    if (media.connection().isEmpty()) {
      String expected = "the address of the group, destination=239.0.0.1";
      throw new RtspFormatException("Transport header", header.orElse(""), expected);
    }
    MulticastGroup described = MulticastGroup.parse(media.connection().get());
    return answer.ttl().isPresent()
        ? new MulticastGroup(described.address(), answer.ttl())
        : described;
  }

  private static Pair ports(MediaDescription media, TransportHeader answer, Optional<String> header)
      throws RtspFormatException {
    Pair ports = answer.groupPorts().orElse(new Pair(media.port(), media.port() + 1));
    if (ports.rtp() == 0 || ports.rtcp() > HIGHEST_PORT) {
      throw new RtspFormatException(
          "Transport header", header.orElse(""), "the ports of the group, port=5000-5001");
    }
    return ports;
  }

  /** The camera's word in its answer comes before the description's (RFC 4570). */
  private static Optional<InetAddress> source(MediaDescription media, TransportHeader answer) {
    return answer
        .parameter("source")
        .flatMap(SourceFilter::host)
        .or(() -> media.sourceFilter().flatMap(SourceFilter::parse));
  }

  @Override
  public String toString() {
    return "media over multicast (RTP/AVP;multicast)";
  }
}
