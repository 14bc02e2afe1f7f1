package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AAC in LATM (RFC 6416 section 6), its configuration in the description (cpresent=0) or in the
 * stream. Each access unit is a frame, without anything of LATM.
 *
 * <p>LATM in which a configuration has shifted all bits by some is copied; else nothing is.
 */
final class LatmDepacketizer extends UnitDepacketizer {
  private static final int CLOCK_RATE = 90_000;
  private static final LatmReader.Units NOTHING = (audio, bit, length, whole) -> {};

  private final int clockRate;
  private final boolean inBand;
  private final LatmReader reader;
  private final SampleClock clock;
  private FrameFormat format;

  /** Packets were lost directly before the element: it may have begun in them. */
  private boolean startUnsure;

  LatmDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, output);
    FormatParameters parameters = new FormatParameters(payload.parameters());
    clockRate = payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
    clock = new SampleClock(clockRate);
    inBand = isInBand(parameters);
    StreamMuxConfig config =
        parameters.hex("config").flatMap(LatmDepacketizer::described).orElse(null);
    reader = new LatmReader(inBand, config);
    format =
        config == null
            ? FrameFormat.audio(Codec.AAC, clockRate, 0, Math.max(0, payload.channels()))
            : config.audio().format(clockRate);
  }

  /** Section 6.3: cpresent is 1 where it is not there. */
  private static boolean isInBand(FormatParameters parameters) {
    return parameters.number("cpresent", 1) != 0;
  }

  private static Optional<StreamMuxConfig> described(byte[] bytes) {
    ByteBuf in = FrameFormat.parameterSet(bytes);
    return StreamMuxConfig.parse(
        BitReader.plain(in, 0, bytes.length), BitReader.plain(in, 0, bytes.length));
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(FormatParameters parameters) {
    if (isInBand(parameters)
        || parameters.hex("config").flatMap(LatmDepacketizer::described).isPresent()) {
      return null;
    }
    return "LATM with cpresent=0 and this config is not supported; expected a StreamMuxConfig of"
        + " one AAC layer";
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  /** Nothing in a payload says it: whether it did is seen when the unit is read. */
  @Override
  boolean isStart(boolean unsure, ByteBuf in, int index, int length) {
    startUnsure = lost() > 0;
    return true;
  }

  @Override
  void complete() {
    Frame unit = frame().build(format, RandomAccess.IDR);
    ByteBuf elements = unit.content();
    if (!startUnsure || new LatmReader(inBand, reader.config()).read(elements, NOTHING)) {
      read(unit, elements);
    }
    unit.release();
  }

  private void read(Frame unit, ByteBuf in) {
    int[] found = {0};
    clock.start(unit.timestamp());
    boolean exact =
        reader.read(
            in,
            (audio, bit, length, whole) -> {
              found[0]++;
              frame().begin(clock.timestamp(audio.coreRate()), unit.arrivedAt());
              frame().duration(clock.advance(audio.frameSamples(), audio.coreRate()));
              frame().append(LatmReader.bytes(in, bit, length), 0, length);
              if (unit.isDamaged() || length < whole) {
                frame().damage();
              }
              emit(format(audio), RandomAccess.IDR);
            });
    if (!exact && found[0] == 0) {
      unreadable();
    }
  }

  private FrameFormat format(AudioSpecificConfig audio) {
    if (!format.parameterSets().equals(List.of(audio.bytes()))) {
      format = audio.format(clockRate);
    }
    return format;
  }
}
