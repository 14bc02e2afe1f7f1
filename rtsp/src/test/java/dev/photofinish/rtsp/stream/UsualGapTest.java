package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The median of the latest fifteen gaps between bursts. */
class UsualGapTest {
  private final UsualGap usual = new UsualGap();
  private long now;
  private long timestamp;

  private void burst(long gap) {
    now += gap;
    usual.packet(++timestamp, now);
  }

  @Test
  void nothingIsUsualBeforeTheSecondBurst() {
    assertThat(usual.median()).isZero();
    burst(5);
    usual.packet(timestamp, now + 1);
    assertThat(usual.median()).isZero();
  }

  @Test
  void packetsOfOnePictureAreOneBurst() {
    burst(0);
    burst(40);
    usual.packet(timestamp, now + 1);
    usual.packet(timestamp, now + 2);
    assertThat(usual.median()).isEqualTo(40);
  }

  /** Compared with what sorting all of the window gives. */
  @Test
  void theMedianIsThatOfTheWindowWhateverComes() {
    Random random = new Random(20261127);
    List<Long> gaps = new ArrayList<>();
    burst(0);
    for (int count = 0; count < 2000; count++) {
      long gap = random.nextInt(count % 3 == 0 ? 4 : 1000);
      burst(gap);
      gaps.add(gap);
      List<Long> window =
          gaps.subList(Math.max(0, gaps.size() - 15), gaps.size()).stream().sorted().toList();
      assertThat(usual.median()).as("gap %s", count).isEqualTo(window.get(window.size() / 2));
    }
  }
}
