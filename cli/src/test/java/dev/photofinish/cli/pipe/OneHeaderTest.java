package dev.photofinish.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.container.Fragment;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.FragmentOutput;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.container.Header;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneHeaderTest {
  private static final FrameFormat VP8 = FrameFormat.video(Codec.VP8, 90_000).withSize(320, 240);
  private static final FrameFormat VP9 = FrameFormat.video(Codec.VP9, 90_000).withSize(320, 240);
  private static final FrameFormat OPUS = FrameFormat.audio(Codec.OPUS, 48_000, 48_000, 2);

  private final List<Codec> late = new ArrayList<>();
  private final OneHeader container =
      new OneHeader(Mp4Container.withParameterSetsInBand(), late::add);
  private int headers;
  private int frames;

  private final FragmentOutput output =
      new FragmentOutput() {
        @Override
        public void header(Header header) {
          headers++;
          header.content().release();
        }

        @Override
        public void fragment(Fragment fragment) {
          frames += fragment.frames();
          fragment.content().release();
        }
      };

  private void add(Fragmenter fragmenter, int media, FrameFormat format, long millis) {
    byte[] content = new byte[32];
    Frame frame =
        Frame.of(
            media,
            format,
            Unpooled.wrappedBuffer(content),
            new int[] {0},
            0,
            RandomAccess.IDR,
            false);
    fragmenter.add(frame.at(new FrameTime(millis * 1_000_000, true, null, false)));
  }

  private Fragmenter fragmenter() {
    return new Fragmenter(container, FragmentOptions.defaults().withMedias(1), output);
  }

  @Test
  void anotherSizeGoesOn() {
    try (Fragmenter fragmenter = fragmenter()) {
      add(fragmenter, 0, VP8, 0);
      add(fragmenter, 0, VP8.withSize(640, 480), 40);
    }
    assertThat(headers).isOne();
    assertThat(frames).isEqualTo(2);
    assertThat(container.end()).isEmpty();
  }

  @Test
  void anotherVideoCodecEndsThePipe() {
    try (Fragmenter fragmenter = fragmenter()) {
      add(fragmenter, 0, VP8, 0);
      add(fragmenter, 0, VP9, 40);
    }
    assertThat(headers).isOne();
    assertThat(frames).isOne();
    assertThat(container.end())
        .contains(
            "the camera sends VP9 after VP8, and few programs read an MP4 that begins again: the"
                + " pipe ends here");
  }

  @Test
  void mediaThatComeAfterTheHeaderAreLeftOutAndSaidOnce() {
    try (Fragmenter fragmenter = fragmenter()) {
      add(fragmenter, 0, VP8, 0);
      add(fragmenter, 1, OPUS, 40);
      add(fragmenter, 1, OPUS, 60);
      add(fragmenter, 0, VP8, 80);
    }
    assertThat(headers).isOne();
    assertThat(frames).isEqualTo(2);
    assertThat(late).containsExactly(Codec.OPUS);
    assertThat(container.end()).isEmpty();
  }
}
