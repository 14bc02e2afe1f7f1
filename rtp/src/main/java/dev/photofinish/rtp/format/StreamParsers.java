package dev.photofinish.rtp.format;

import java.util.Optional;
import java.util.function.Consumer;

/** The elementary streams that can be read, by codec. */
public final class StreamParsers {
  private static final FormatParameters NO_PARAMETERS = new FormatParameters("");

  private StreamParsers() {}

  /**
   * The parser of a codec's stream; empty for one that has none here.
   *
   * @param track the number of the media, for {@link Frame#track}
   * @param output takes each frame and its reference
   */
  public static Optional<StreamParser> of(int track, Codec codec, Consumer<? super Frame> output) {
    return Optional.ofNullable(
        switch (codec) {
          case H264 -> new AnnexBParser(track, new H264ParameterSets(NO_PARAMETERS), output);
          case H265 -> new AnnexBParser(track, new H265ParameterSets(NO_PARAMETERS), output);
          case AV1 -> new Av1Parser(track, output);
          case MPEG2_VIDEO -> new Mpeg2Parser(track, output);
          case AAC -> new AdtsParser(track, output);
          case MPEG_AUDIO -> new MpegAudioParser(track, output);
          case AC3 -> new Ac3Parser(track, output);
          default -> null;
        });
  }

  /**
   * The parser of AAC as LATM in an AudioSyncStream, which is how MPEG transport streams and DVB
   * have it where it is not ADTS.
   *
   * @param track the number of the media, for {@link Frame#track}
   * @param output takes each frame and its reference
   */
  public static StreamParser latm(int track, Consumer<? super Frame> output) {
    return new LoasParser(track, output);
  }

  /**
   * The parser of Opus as MPEG transport streams have it, whose tables say its channels.
   *
   * @param track the number of the media, for {@link Frame#track}
   * @param channels 1 or 2
   * @param output takes each frame and its reference
   */
  public static StreamParser opus(int track, int channels, Consumer<? super Frame> output) {
    return new OpusParser(track, channels, output);
  }
}
