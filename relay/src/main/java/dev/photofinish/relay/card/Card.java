package dev.photofinish.relay.card;

import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import dev.photofinish.rtp.format.H265Sps;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture that says since when a camera is away, of the codec and the size of the camera's own:
 * light text on grey. Its parameter sets have numbers that cameras do not use, so that a decoder
 * keeps the camera's.
 */
public final class Card {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final int width;
  private final int height;
  private final CardWriter writer;

  private Card(int width, int height, CardWriter writer) {
    this.width = width;
    this.height = height;
    this.writer = writer;
  }

  /** The card in the place of pictures of this format; empty for those that have none. */
  public static Optional<Card> of(FrameFormat format) {
    int width = format.width() & ~1;
    int height = format.height() & ~1;
    if (width == 0 || height == 0) {
      return Optional.empty();
    }
    return writer(format, width, height).map(writer -> new Card(width, height, writer));
  }

  private static Optional<CardWriter> writer(FrameFormat format, int width, int height) {
    return switch (format.codec()) {
      case H264 ->
          sequenceSet(format, NalSyntax.H264)
              .map(set -> new H264CardWriter(width, height, H264Sps.of(set).level()));
      case H265 ->
          sequenceSet(format, NalSyntax.H265)
              .map(set -> new H265CardWriter(width, height, H265Sps.of(set)));
      default -> Optional.empty();
    };
  }

  private static Optional<ByteBuf> sequenceSet(FrameFormat format, NalSyntax syntax) {
    return format.parameterSets().stream()
        .filter(set -> syntax.type(set) == syntax.sequenceSet())
        .findFirst();
  }

  /** What it says. */
  static List<String> lines(Instant since, Duration away, ZoneId zone) {
    var at = since.atZone(zone);
    String lasted =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            away.toHours(),
            away.toMinutesPart(),
            away.toSecondsPart());
    return List.of("CAMERA AWAY", "SINCE " + TIME.format(at), DAY.format(at), "FOR " + lasted);
  }

  /**
   * The NAL units of the next picture, a key frame with its parameter sets.
   *
   * @param since when the camera went away
   * @param away how long it is away
   */
  public List<byte[]> draw(Instant since, Duration away, ZoneId zone) {
    return draw(lines(since, away, zone));
  }

  List<byte[]> draw(List<String> lines) {
    return writer.write(new CardText(lines, width, height));
  }
}
