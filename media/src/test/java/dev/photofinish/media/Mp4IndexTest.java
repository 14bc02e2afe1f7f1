package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.mp4.Mp4Container;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Mp4IndexTest {
  private final Collected collected = new Collected();

  private byte[] file() {
    FragmentOptions options = FragmentOptions.defaults().withMedias(1);
    try (Fragmenter fragmenter =
        new Fragmenter(Mp4Container.withPlaceForLength(), options, collected)) {
      for (int i = 0; i < 20; i++) {
        fragmenter.add(Frames.picture(40L * i, i % 10 == 0, 0x88, i));
      }
    }
    return collected.all.toByteArray();
  }

  private static Mp4Index index(byte[] file) {
    int moof = new String(file, StandardCharsets.ISO_8859_1).indexOf("moof") - 4;
    Mp4Index index = new Mp4Index(Unpooled.wrappedBuffer(file, 0, moof));
    ByteBuf fragment = Unpooled.wrappedBuffer(file, moof, file.length - moof);
    for (int i = 0; i < 3 * Mp4Index.MOST_ENTRIES; i++) {
      index.fragment(fragment, 1_000L * i);
    }
    return index;
  }

  /** A day of a recording in one file has some thousands; each fourth of these is named. */
  @Test
  void keyFramesThatAreNamedAreBounded() {
    ByteBuf end = index(file()).end();
    int entries = end.getInt(8 + 8 + 12);
    assertThat(entries).isBetween(Mp4Index.MOST_ENTRIES / 2, Mp4Index.MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      assertThat(end.getLong(8 + 24 + 19 * i + 8)).isEqualTo(4_000L * i);
    }
    assertThat(end.readableBytes()).isEqualTo(8 + 24 + 19 * entries + 16);
  }

  /** What a loss of power left is read too. */
  @Test
  void brokenBoxesSayNothing() {
    byte[] file = file();
    Random random = new Random(20_261_201);
    for (int i = 0; i < 500; i++) {
      byte[] broken = file.clone();
      for (int j = 0; j < 20; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      int half = broken.length / 2;
      Mp4Index index = new Mp4Index(Unpooled.wrappedBuffer(broken, 0, half));
      index.fragment(Unpooled.wrappedBuffer(broken, half, broken.length - half), half);
      assertThat(index.header().readableBytes()).isEqualTo(half);
      index.end();
    }
  }
}
