package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The slots of a camera, without connections. */
class SlotsTest {

  @Test
  void theOldestOfTheSlotsIsTheFirstThatWasTaken() {
    Slots<String> slots = new Slots<>(2);
    slots.take("first");
    assertThat(slots.full()).isFalse();
    slots.take("second");
    assertThat(slots.full()).isTrue();
    assertThat(slots.oldest()).contains("first");
    slots.release("first");
    assertThat(slots.full()).isFalse();
    assertThat(slots.oldest()).contains("second");
  }

  @Test
  void zeroSlotsAreNoLimit() {
    Slots<Integer> slots = new Slots<>(0);
    for (int i = 0; i < 1000; i++) {
      slots.take(i);
    }
    assertThat(slots.full()).isFalse();
  }

  @Test
  void takingAgainDoesNotMakeYounger() {
    Slots<String> slots = new Slots<>(2);
    slots.take("first");
    slots.take("second");
    slots.take("first");
    assertThat(slots.oldest()).contains("first");
  }

  @Test
  void clearingFreesThemAll() {
    Slots<String> slots = new Slots<>(1);
    slots.take("first");
    slots.clear();
    assertThat(slots.full()).isFalse();
    assertThat(slots.oldest()).isEmpty();
  }
}
