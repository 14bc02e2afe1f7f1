package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two channels of the RTSP connection for each media, numbered from 0 (RFC 2326 section 10.12). */
final class InterleavedPlan implements TransportPlan {

  @Override
  public boolean needsPorts() {
    return false;
  }

  @Override
  public boolean areDatagrams() {
    return false;
  }

  @Override
  public boolean mayPlayAhead() {
    return true;
  }

  @Override
  public TransportHeader offer(int index, @Nullable Pair ports) {
    return TransportHeader.tcp(2 * index);
  }

  @Override
  public TrackTransport answered(
      MediaDescription media, TransportHeader offer, Optional<String> header, Set<Quirk> quirks)
      throws RtspFormatException {
    TransportHeader answer = header.isPresent() ? TransportHeader.parse(header.get()) : offer;
    Pair asked = offer.interleaved().orElseThrow();
    Pair channels = answer.interleaved().orElse(asked);
    boolean named = answer.interleaved().isPresent() || quirks.contains(Quirk.NO_CHANNELS);
    boolean same = channels.equals(asked) || quirks.contains(Quirk.OTHER_CHANNELS);
    if (isElsewhere(answer) || !named || !same) {
      throw new RtspFormatException("Transport header", header.orElse(""), offer.toString());
    }
    return new TrackTransport.Interleaved(channels);
  }

  /** Some leave {@code /TCP} out of the answer, and the channels with it. */
  private static boolean isElsewhere(TransportHeader answer) {
    return !answer.isTcp()
        && (answer.isMulticast()
            || answer.clientPort().isPresent()
            || answer.serverPort().isPresent()
            || answer.protocol().toUpperCase(Locale.ROOT).endsWith("/UDP"));
  }

  @Override
  public String toString() {
    return "media over the RTSP connection (RTP/AVP/TCP)";
  }
}
