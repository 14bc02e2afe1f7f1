package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;

/** Two channels of the RTSP connection for each media, numbered from 0 (RFC 2326 section 10.12). */
final class InterleavedPlan implements TransportPlan {

  @Override
  public TransportHeader offer(int index) {
    return TransportHeader.tcp(2 * index);
  }

  @Override
  public TrackTransport answered(int index, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader offered = offer(index);
    Pair asked = new Pair(2 * index, 2 * index + 1);
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offered;
    Pair channels = answer.interleaved().orElse(asked);
    boolean named = answer.interleaved().isPresent() || quirks.contains(Quirk.NO_CHANNELS);
    boolean same = channels.equals(asked) || quirks.contains(Quirk.OTHER_CHANNELS);
    if (!answer.isTcp() || !named || !same) {
      throw new RtspFormatException(
          "Transport header", header.orElse(""), expected(offered, answer));
    }
    return new TrackTransport.Interleaved(channels);
  }

  private String expected(TransportHeader offered, TransportHeader answer)
      throws RtspFormatException {
    Optional<TrackTransport> other = TrackTransport.of(answer);
    return answer.isTcp() || other.isEmpty()
        ? offered.toString()
        : offered + " and not " + other.get() + ": " + unsupported();
  }

  @Override
  public String unsupported() {
    return "media over the RTSP connection (RTP/AVP/TCP) is the only transport supported so far,"
        + " UDP is not yet";
  }
}
