package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SourceFilter;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two ports of ours for each media: RTP on the even one, RTCP on the next (RFC 3550 section 11).
 */
final class UdpPlan implements TransportPlan {
  private final String protocol;

  /**
   * @param protocol as it is spelled: {@code RTP/AVP} or {@code RTP/AVP/UDP}, which mean the same
   */
  UdpPlan(String protocol) {
    this.protocol = protocol;
  }

  @Override
  public boolean needsPorts() {
    return true;
  }

  @Override
  public TransportHeader offer(int index, @Nullable Pair ports) {
    return TransportHeader.udp(protocol, Objects.requireNonNull(ports).rtp());
  }

  /** What the answer does not say is as it was asked for, or is not known. */
  @Override
  public TrackTransport answered(
      MediaDescription media, TransportHeader offer, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offer;
    Pair ports = offer.clientPort().orElseThrow();
    boolean ours = answer.clientPort().orElse(ports).rtp() == ports.rtp();
    if (answer.isTcp() || answer.isMulticast() || !ours) {
      throw new RtspFormatException("Transport header", header.orElse(""), offer.toString());
    }
    Optional<Pair> server = answer.serverPort().filter(pair -> pair.rtp() != 0);
    return new TrackTransport.Udp(
        ports, server, answer.ssrc(), answer.parameter("source").flatMap(SourceFilter::host));
  }

  @Override
  public String toString() {
    return "media over UDP (" + protocol + ")";
  }
}
