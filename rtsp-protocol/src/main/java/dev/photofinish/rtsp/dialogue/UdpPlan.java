package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;

/**
 * Two ports of ours for each media: RTP on the even one, RTCP on the next (RFC 3550 section 11).
 */
final class UdpPlan implements TransportPlan {

  @Override
  public Optional<Pair> channels(int index) {
    return Optional.empty();
  }

  @Override
  public TransportHeader offer(Pair pair) {
    return TransportHeader.udp(pair.rtp());
  }

  /** What the answer does not say is as it was asked for, or is not known. */
  @Override
  public TrackTransport answered(Pair pair, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offer(pair);
    boolean ours = answer.clientPort().orElse(pair).rtp() == pair.rtp();
    if (answer.isTcp() || answer.isMulticast() || !ours) {
      throw new RtspFormatException("Transport header", header.orElse(""), offer(pair).toString());
    }
    Optional<Pair> server = answer.serverPort().filter(ports -> ports.rtp() != 0);
    return new TrackTransport.Udp(pair, server, answer.ssrc());
  }

  @Override
  public String toString() {
    return "media over UDP (RTP/AVP)";
  }
}
