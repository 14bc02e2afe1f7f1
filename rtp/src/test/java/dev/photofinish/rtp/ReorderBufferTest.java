package dev.photofinish.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorderBufferTest {
  private static final int CAPACITY = 16;
  private static final long WINDOW = 50;

  private final List<Integer> discarded = new ArrayList<>();
  private final ReorderBuffer<Integer> buffer =
      new ReorderBuffer<>(CAPACITY, WINDOW, discarded::add);

  private List<Integer> came(long now, int... sequences) {
    for (int sequence : sequences) {
      buffer.add(sequence & 0xffff, sequence, now);
    }
    return polled(now);
  }

  private List<Integer> polled(long now) {
    List<Integer> packets = new ArrayList<>();
    for (Integer packet = buffer.poll(now); packet != null; packet = buffer.poll(now)) {
      packets.add(packet);
    }
    return packets;
  }

  @Test
  void whatComesInOrderLeavesAtOnce() {
    assertThat(came(0, 7)).containsExactly(7);
    assertThat(came(0, 8, 9)).containsExactly(8, 9);
    assertThat(buffer.deadline()).isEmpty();
  }

  @Test
  void whatComesEarlyWaitsForThoseBeforeIt() {
    assertThat(came(0, 1, 3, 5)).containsExactly(1);
    assertThat(came(10, 4)).isEmpty();
    assertThat(came(20, 2)).containsExactly(2, 3, 4, 5);
    assertThat(discarded).isEmpty();
  }

  @Test
  void sequenceNumbersWrapAround() {
    assertThat(came(0, 65_534, 65_536, 65_535, 65_537))
        .containsExactly(65_534, 65_535, 65_536, 65_537);
  }

  /** The wait is that of the first that waits for the gap. */
  @Test
  void afterTheWindowWhatIsMissingIsLost() {
    came(0, 1, 3);
    came(20, 4, 6);
    assertThat(buffer.deadline()).hasValue(WINDOW);
    assertThat(polled(49)).isEmpty();
    assertThat(polled(50)).containsExactly(3, 4);
    assertThat(buffer.deadline()).hasValue(70);
    assertThat(polled(70)).containsExactly(6);
  }

  @Test
  void whatComesTooLateIsDiscarded() {
    came(0, 1, 3);
    polled(50);
    assertThat(came(60, 2)).isEmpty();
    assertThat(discarded).containsExactly(2);
  }

  @Test
  void duplicatesAreDiscardedWhetherTheyWaitOrNot() {
    came(0, 1, 3, 3, 1);
    assertThat(discarded).containsExactly(3, 1);
    assertThat(came(1, 2)).containsExactly(2, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {CAPACITY + 2, 1000, 40_000, 65_537 - CAPACITY - 2})
  void aJumpEndsTheWaitOfAll(int jump) {
    came(0, 1, 3, 6);
    assertThat(came(1, jump)).containsExactly(3, 6, jump);
    assertThat(came(1, jump + 1)).containsExactly(jump + 1);
    assertThat(discarded).isEmpty();
  }

  @Test
  void theFarthestThatMayWaitDoes() {
    assertThat(came(0, 1, CAPACITY + 1)).containsExactly(1);
    assertThat(buffer.deadline()).hasValue(WINDOW);
  }

  @Test
  void clearingDiscardsAllAndBeginsAgain() {
    buffer.add(1, 1, 0);
    buffer.add(3, 3, 0);
    buffer.clear();
    assertThat(discarded).containsExactly(1, 3);
    assertThat(buffer.deadline()).isEmpty();
    assertThat(came(0, 900)).containsExactly(900);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 1 << 16})
  void aCapacityThatIsNoneSaysWhatIs(int capacity) {
    assertThatThrownBy(() -> new ReorderBuffer<Integer>(capacity, WINDOW, discarded::add))
        .hasMessage("capacity: " + capacity + " is not valid; expected a power of two up to 32768");
  }

  /** Lossy, shuffled and doubled: order holds, nothing vanishes, and nothing waits too long. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void inAnyCaseTheOrderHolds(long seed) {
    Random random = new Random(seed);
    List<Integer> arrivals = new ArrayList<>();
    for (int block = 65_000; block < 70_000; block += 8) {
      List<Integer> shuffled = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int copies = random.nextInt(20) == 0 ? 2 * random.nextInt(2) : 1;
        shuffled.addAll(Collections.nCopies(copies, block + i));
      }
      Collections.shuffle(shuffled, random);
      arrivals.addAll(shuffled);
    }
    List<Integer> all = new ArrayList<>();
    long now = 0;
    for (int sequence : arrivals) {
      all.addAll(came(now++, sequence));
      assertThat(buffer.deadline().orElse(Long.MAX_VALUE)).isGreaterThan(now - 1);
    }
    all.addAll(polled(now + WINDOW));
    assertThat(all).isSorted().doesNotHaveDuplicates();
    assertThat(all.size() + discarded.size()).isEqualTo(arrivals.size());
  }
}
