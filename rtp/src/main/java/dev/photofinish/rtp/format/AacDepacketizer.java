package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AAC in mode AAC-hbr or AAC-lbr (RFC 3640). Each access unit is a frame.
 *
 * <p>Where the description has no config that can be read, it is taken from ADTS headers, and
 * before the first of them AAC LC of the rate and channels in rtpmap is assumed. Indexes of access
 * units are not looked at: without interleaving they say nothing, and some cameras write nonsense.
 */
final class AacDepacketizer extends FragmentedAudio {
  private static final int HEADERS_LENGTH = 2;
  private static final int CLOCK_RATE = 48_000;
  private static final Set<String> MODES = Set.of("", "aac-hbr", "aac-lbr", "generic");

  /** What adds to the header of an access unit; no mode for AAC has it (section 3.3). */
  private static final List<String> ADDITIONS =
      List.of(
          "ctsdeltalength",
          "dtsdeltalength",
          "randomaccessindication",
          "streamstateindication",
          "auxiliarydatasizelength");

  private final int clockRate;
  private final int sizeBits;
  private final int indexBits;
  private final boolean described;
  private AudioSpecificConfig config;
  private FrameFormat format;

  /** Bytes of the access unit that is read, as its header says them, with ADTS. */
  private int announced;

  AacDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, rate(payload), true, output);
    FormatParameters parameters = new FormatParameters(payload.parameters());
    boolean low = mode(parameters).equals("aac-lbr");
    clockRate = rate(payload);
    sizeBits = parameters.number("sizelength", low ? 6 : 13);
    indexBits = parameters.number("indexlength", low ? 2 : 3);
    Optional<AudioSpecificConfig> known =
        parameters.hex("config").flatMap(AudioSpecificConfig::parse);
    described = known.isPresent();
    config = known.orElse(AudioSpecificConfig.lc(clockRate, payload.channels()));
    format = config.format(clockRate);
  }

  private static int rate(PayloadFormat payload) {
    return payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
  }

  private static String mode(FormatParameters parameters) {
    return parameters.text("mode").orElse("").toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why these parameters cannot be read; null where they can. */
  static @Nullable String problem(FormatParameters parameters) {
    if (!MODES.contains(mode(parameters))) {
      return unsupported("another mode", "mode=AAC-hbr or mode=AAC-lbr");
    }
    int size = parameters.number("sizelength", 13);
    int index = parameters.number("indexlength", 3);
    if (size < 1 || size > 16 || index > 16) {
      return unsupported(
          "sizelength=" + size + " and indexlength=" + index, "1 to 16 bits and up to 16");
    }
    if (parameters.number("maxdisplacement", 0) > 0) {
      return unsupported("interleaving (maxdisplacement)", "access units in their order");
    }
    return ADDITIONS.stream()
        .filter(name -> parameters.number(name, 0) > 0)
        .findFirst()
        .map(name -> unsupported(name, "mode AAC-hbr or AAC-lbr, which has none"))
        .orElse(null);
  }

  private static String unsupported(String seen, String expected) {
    return "AAC with " + seen + " is not supported; expected " + expected;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void read(ByteBuf in, int index, int length) {
    int data = dataOffset(in, index, length);
    if (data < 0) {
      unreadable();
      return;
    }
    int left = in.getUnsignedShort(index);
    BitReader sizes = BitReader.plain(in, index + HEADERS_LENGTH, data - HEADERS_LENGTH);
    int at = index + data;
    int end = index + length;
    while (left >= sizeBits && at < end) {
      int size = sizes.bits(sizeBits);
      sizes.skip(Math.min(left - sizeBits, indexBits));
      left -= sizeBits + indexBits;
      if (size > 0) {
        unit(in, at, Math.min(size, end - at), size);
      }
      at += size;
    }
  }

  private void unit(ByteBuf in, int index, int length, int whole) {
    announced = whole;
    int adts = AdtsHeader.length(in, index, length, whole);
    if (adts > 0 && !described) {
      AdtsHeader.config(in, index).filter(seen -> !seen.equals(config)).ifPresent(this::apply);
    }
    next(in, index + adts, length - adts, whole - adts, config.frameSamples(), config.coreRate());
  }

  private void apply(AudioSpecificConfig seen) {
    config = seen;
    format = seen.format(clockRate);
  }

  /** Of the first access unit; -1 where there is none. */
  private static int dataOffset(ByteBuf in, int index, int length) {
    if (length <= HEADERS_LENGTH) {
      return -1;
    }
    int headers = (in.getUnsignedShort(index) + 7) / 8;
    return headers > 0 && HEADERS_LENGTH + headers < length ? HEADERS_LENGTH + headers : -1;
  }

  /** Each part has the size of the whole access unit (section 3.2.3.1), and no other beside it. */
  @Override
  int continuation(ByteBuf in, int index, int length) {
    int data = dataOffset(in, index, length);
    int bits = data < 0 ? 0 : in.getUnsignedShort(index);
    if (bits < sizeBits || bits > sizeBits + indexBits) {
      return -1;
    }
    int size = BitReader.plain(in, index + HEADERS_LENGTH, data - HEADERS_LENGTH).bits(sizeBits);
    return size == announced ? data : -1;
  }
}
