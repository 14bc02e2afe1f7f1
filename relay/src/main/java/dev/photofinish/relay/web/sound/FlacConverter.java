package dev.photofinish.relay.web.sound;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes FLAC of G.711 and L16, which no browser plays in MP4; other frames stay as they are. One
 * object belongs to one media.
 */
public final class FlacConverter {
  private static final int MOST_CHANNELS = 2;
  private static final int MOST_RATE = 192_000;

  private @Nullable FrameFormat source;
  private @Nullable FrameFormat target;
  private @Nullable FlacEncoder encoder;

  /** Whether frames of this codec become FLAC. */
  public static boolean converts(Codec codec) {
    return codec == Codec.PCMU || codec == Codec.PCMA || codec == Codec.L16;
  }

  /**
   * The frame as a browser plays it; empty for one too short to be one.
   *
   * @param frame its reference is taken over
   */
  public Optional<Frame> convert(Frame frame) {
    if (!converts(frame.codec())) {
      return Optional.of(frame);
    }
    try {
      return encode(frame);
    } finally {
      frame.release();
    }
  }

  private Optional<Frame> encode(Frame frame) {
    FrameFormat format = frame.format();
    int channels = Math.max(1, format.channels());
    int size = frame.content().readableBytes() / (Samples.bytes(format.codec()) * channels);
    if (channels > MOST_CHANNELS
        || format.sampleRate() > MOST_RATE
        || size < FlacEncoder.LEAST_BLOCK
        || size > FlacEncoder.MOST_BLOCK) {
      return Optional.empty();
    }
    FrameFormat flac = describe(format, channels);
    ByteBuf content = encoder(flac).encode(Samples.read(frame, channels, size));
    return Optional.of(
        Frame.of(
                frame.track(),
                flac,
                content,
                new int[0],
                frame.duration(),
                RandomAccess.IDR,
                frame.isDamaged())
            .at(frame.frameTime()));
  }

  private FrameFormat describe(FrameFormat format, int channels) {
    if (target == null || !format.equals(source)) {
      int rate = format.sampleRate() > 0 ? format.sampleRate() : format.clockRate();
      source = format;
      encoder = new FlacEncoder(rate, channels);
      target =
          new FrameFormat(
              Codec.FLAC,
              format.clockRate(),
              rate,
              channels,
              0,
              0,
              List.of(FrameFormat.parameterSet(encoder.streamInformation())));
    }
    return target;
  }

  private FlacEncoder encoder(FrameFormat flac) {
    if (encoder == null) {
      encoder = new FlacEncoder(flac.sampleRate(), flac.channels());
    }
    return encoder;
  }
}
