package dev.photofinish.relay.web;

import dev.photofinish.camera.media.H264Encoder;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Frames of the test card in H.264 and of a tone in G.711. */
public final class TestFrames {
  public static final int RATE = 25;
  private static final long FRAME_NANOS = 1_000_000_000L / RATE;
  private static final int SAMPLES = 160;
  private static final long SOUND_NANOS = 20_000_000L;

  private final H264Encoder encoder = new H264Encoder(RATE);
  private final FrameFormat video =
      FrameFormat.video(Codec.H264, 90_000)
          .withSize(320, 240)
          .withParameterSets(
              encoder.parameterSets().stream().map(FrameFormat::parameterSet).toList());
  private long pictures;
  private long sounds;

  /** The next picture at its time. */
  public Frame picture(boolean key) {
    return picture(key, pictures * FRAME_NANOS);
  }

  /** The next picture at another time. */
  public Frame picture(boolean key, long nanos) {
    List<byte[]> units = encoder.encode(pictures, LocalTime.NOON, key || pictures == 0);
    boolean isKey = key || pictures == 0;
    pictures++;
    ByteBuf content = Unpooled.buffer();
    int[] starts = new int[units.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = content.writerIndex();
      content.writeInt(1).writeBytes(units.get(i));
    }
    RandomAccess access = isKey ? RandomAccess.IDR : RandomAccess.NONE;
    return Frame.of(0, video, content, starts, 0, access, false).at(at(nanos));
  }

  /** A key frame that says it is of another size. */
  public Frame larger(long nanos) {
    Frame frame = picture(true, nanos);
    FrameFormat format = video.withSize(640, 480);
    int[] starts = new int[frame.unitCount()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + 4 + frame.unit(i - 1).readableBytes();
    }
    return Frame.of(0, format, frame.content(), starts, 0, RandomAccess.IDR, false).at(at(nanos));
  }

  /** The next 20 ms of a tone in mu-law. */
  public Frame sound() {
    return sound(sounds * SOUND_NANOS);
  }

  public Frame sound(long nanos) {
    ByteBuf content = Unpooled.buffer(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      double second = (sounds * SAMPLES + i) / 8000.0;
      content.writeByte((int) (0x9f + 8 * Math.sin(second * 440 * 2 * Math.PI)) & 0xff);
    }
    sounds++;
    FrameFormat format = FrameFormat.audio(Codec.PCMU, 8000, 8000, 1);
    return Frame.of(1, format, content, new int[0], SAMPLES, RandomAccess.IDR, false).at(at(nanos));
  }

  private static FrameTime at(long nanos) {
    return new FrameTime(nanos, true, null, false);
  }

  /** A key frame in H.265, Main profile, with the parameter sets of x265 and no picture in it. */
  public static Frame h265() {
    HexFormat hex = HexFormat.of();
    FrameFormat format =
        FrameFormat.video(Codec.H265, 90_000)
            .withSize(1280, 720)
            .withParameterSets(
                Stream.of(
                        "40010c01ffff01600000030090000003000003005d959809",
                        "42010101600000030090000003000003005da00280802d165959a4932bc05a02"
                            + "0000030002000003003c10",
                        "4401c172b46240")
                    .map(hex::parseHex)
                    .map(FrameFormat::parameterSet)
                    .toList());
    ByteBuf content = Unpooled.wrappedBuffer(hex.parseHex("000000012601af"));
    return Frame.of(0, format, content, new int[1], 0, RandomAccess.IDR, false).at(at(0));
  }
}
