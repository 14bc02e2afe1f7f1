package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;

/** Two channels of the RTSP connection for each media, numbered from 0 (RFC 2326 section 10.12). */
final class InterleavedPlan implements TransportPlan {

  @Override
  public Optional<Pair> channels(int index) {
    return Optional.of(new Pair(2 * index, 2 * index + 1));
  }

  @Override
  public TransportHeader offer(Pair pair) {
    return TransportHeader.tcp(pair.rtp());
  }

  @Override
  public TrackTransport answered(Pair pair, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offer(pair);
    Pair channels = answer.interleaved().orElse(pair);
    boolean named = answer.interleaved().isPresent() || quirks.contains(Quirk.NO_CHANNELS);
    boolean same = channels.equals(pair) || quirks.contains(Quirk.OTHER_CHANNELS);
    if (!answer.isTcp() || !named || !same) {
      throw new RtspFormatException("Transport header", header.orElse(""), offer(pair).toString());
    }
    return new TrackTransport.Interleaved(channels);
  }

  @Override
  public String toString() {
    return "media over the RTSP connection (RTP/AVP/TCP)";
  }
}
