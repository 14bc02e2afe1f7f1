package dev.photofinish.media.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Collected;
import dev.photofinish.media.Frames;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RawContainerTest {
  private static final FragmentOptions EACH_FRAME =
      FragmentOptions.defaults().withMedias(1).withLength(Duration.ZERO);

  private final Collected output = new Collected();

  private String written() {
    return HexFormat.of().formatHex(output.all.toByteArray());
  }

  @Test
  void annexBHasParameterSetsBeforeKeyFrames() {
    try (Fragmenter fragmenter =
        new Fragmenter(new RawContainer(Codec.Kind.VIDEO), EACH_FRAME, output)) {
      fragmenter.add(Frames.sound(0));
      fragmenter.add(Frames.picture(0, true, 1));
      fragmenter.add(Frames.picture(40, false, 2));
    }
    assertThat(written())
        .isEqualTo(
            "000000016742c00dd90141fb0110000003001000000303c0f1429900"
                + "0000000168cb83cb20"
                + "000000016501"
                + "000000014102");
    assertThat(output.leftOut).containsExactly("1: PCMU is not the media that was asked for");
  }

  @Test
  void aacIsAdts() {
    try (Fragmenter fragmenter =
        new Fragmenter(new RawContainer(Codec.Kind.AUDIO), EACH_FRAME, output)) {
      fragmenter.add(
          Frame.of(
              0,
              Frames.AAC,
              Unpooled.wrappedBuffer(new byte[] {0x21, 0x10}),
              new int[0],
              1024,
              RandomAccess.IDR,
              false));
    }
    assertThat(written()).isEqualTo("fff14c40013ffc2110");
  }
}
