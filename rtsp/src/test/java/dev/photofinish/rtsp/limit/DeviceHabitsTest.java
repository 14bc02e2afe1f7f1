package dev.photofinish.rtsp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.clientlimit.LimitMemory;
import dev.photofinish.rtsp.dialogue.KnownDevice;
import dev.photofinish.rtsp.dialogue.Trait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The memory of devices, and how little a device can make us keep. */
class DeviceHabitsTest {
  private final DeviceHabits habits = new DeviceHabits(2);
  private long now;

  private static LimitMemory.Key key(String name) {
    return new LimitMemory.Key(name + ":554", "home");
  }

  @Test
  void twiceAtOneRequestIsItsQuirk() {
    assertThat(habits.endedAt(key("a"), "SETUP rtsp://a/1", now)).isFalse();
    assertThat(habits.endedAt(key("b"), "SETUP rtsp://a/1", now)).isFalse();
    assertThat(habits.known(key("a"), now).fatal()).isEmpty();
    assertThat(habits.endedAt(key("a"), "SETUP rtsp://a/1", now)).isTrue();
    assertThat(habits.endedAt(key("a"), "SETUP rtsp://a/1", now)).isFalse();
    assertThat(habits.known(key("a"), now).fatal()).containsExactly("SETUP rtsp://a/1");
  }

  /** A connection that is lost while it is set up, once in months, says nothing. */
  @Test
  void whatPlayedBetweenWasNoQuirkUnlessItComesWithMedia() {
    for (String request : new String[] {"SETUP rtsp://a/1", "GET_PARAMETER"}) {
      habits.endedAt(key("a"), request, now);
      habits.playing(key("a"), false, now);
      habits.endedAt(key("a"), request, now);
    }
    assertThat(habits.known(key("a"), now).fatal()).containsExactly("GET_PARAMETER");
  }

  /** A camera without media is asked for both transports in turn for as long as that lasts. */
  @Test
  void theMovesThereAndBackAreNewsUntilMediaCome() {
    for (int round = 0; round < 2; round++) {
      assertThat(habits.isNewsThatItMoved(key("a"))).isTrue();
      assertThat(habits.isNewsThatItMoved(key("a"))).isTrue();
      assertThat(habits.isNewsThatItMoved(key("a"))).isFalse();
      habits.playing(key("a"), true, now);
    }
  }

  /** A camera that is started ends what it does not end later. */
  @Test
  void aMediaIsTriedAgainAfterAWhile() {
    String setup = "SETUP rtsp://a/1";
    habits.endedAt(key("a"), setup, now);
    habits.endedAt(key("a"), setup, now);
    habits.playing(key("a"), false, now);
    now += DeviceHabits.REMEMBERED.toNanos();
    assertThat(habits.known(key("a"), now).fatal()).containsExactly(setup);
    now++;
    assertThat(habits.known(key("a"), now).fatal()).isEmpty();
    habits.endedAt(key("a"), setup, now);
    assertThat(habits.known(key("a"), now).fatal()).containsExactly(setup);
    now += DeviceHabits.REMEMBERED.toNanos() + 1;
    habits.playing(key("a"), false, now);
    habits.endedAt(key("a"), setup, now);
    assertThat(habits.known(key("a"), now).fatal()).isEmpty();
  }

  @Test
  void theLatestOfTwoTraitsThatContradictEachOtherHolds() {
    assertThat(habits.learnt(key("a"), Trait.PIPELINES)).isTrue();
    assertThat(habits.learnt(key("a"), Trait.PIPELINES)).isFalse();
    habits.learnt(key("a"), Trait.OPTIONS_FIRST);
    assertThat(habits.learnt(key("a"), Trait.NO_PIPELINING)).isTrue();
    assertThat(habits.known(key("a"), now).traits())
        .containsExactlyInAnyOrder(Trait.NO_PIPELINING, Trait.OPTIONS_FIRST);
    assertThat(habits.known(key("b"), now)).isEqualTo(KnownDevice.NEW);
  }

  @Test
  void noMoreRequestsAreKeptThanTheBound() {
    for (int request = 0; request < 10 * DeviceHabits.MOST_REQUESTS; request++) {
      habits.endedAt(key("a"), "SETUP " + request, now);
      habits.endedAt(key("a"), "SETUP " + request, now);
    }
    assertThat(habits.known(key("a"), now).fatal()).hasSize(DeviceHabits.MOST_REQUESTS);
  }

  @Test
  void theDeviceThatWasLongestNotUsedIsForgotten() {
    habits.racingTimeout(key("a"), Duration.ofSeconds(10));
    habits.racingTimeout(key("b"), Duration.ofSeconds(10));
    assertThat(habits.racingTimeout(key("a"))).isEqualTo(Duration.ofSeconds(10));
    habits.racingTimeout(key("c"), Duration.ofSeconds(10));
    assertThat(habits.racingTimeout(key("b"))).isZero();
    assertThat(habits.racingTimeout(key("a"))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aQuestionRemembersNothing() {
    habits.racingTimeout(key("a"), Duration.ofSeconds(10));
    for (int device = 0; device < 10; device++) {
      assertThat(habits.known(key("x" + device), now).fatal()).isEmpty();
      assertThat(habits.racingTimeout(key("x" + device))).isZero();
    }
    assertThat(habits.racingTimeout(key("a"))).isEqualTo(Duration.ofSeconds(10));
  }
}
