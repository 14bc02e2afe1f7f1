package dev.photofinish.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's "evidence after the race". Times are seconds of a ticker that starts at t0. */
final class EndpointMemoryTest {
  private static final long S = 1_000_000_000;
  private static final EndpointMemory.Key CAMERA =
      new EndpointMemory.Key("camera.example:554", "192.0.2.0/24");

  private long t0;
  private EndpointMemory memory = new EndpointMemory(4);

  private void closed(EndpointMemory.Key key, long wonAt, long at) {
    memory.winnerClosed(key, t0 + wonAt * S, t0 + at * S);
  }

  private boolean limited(EndpointMemory.Key key, long at) {
    return memory.isConnectionLimited(key, t0 + at * S);
  }

  private void closedTwice(EndpointMemory.Key key, long at) {
    closed(key, at, at);
    closed(key, at, at);
  }

  @Test
  void anUnknownEndpointIsNotLimited() {
    assertThat(limited(CAMERA, 0)).isFalse();
  }

  @Test
  void oneEarlyCloseIsNotEnough() {
    closed(CAMERA, 0, 5);
    assertThat(limited(CAMERA, 5)).isFalse();
  }

  @Test
  void twoInARowAre() {
    closed(CAMERA, 0, 30);
    closed(CAMERA, 31, 40);
    assertThat(limited(CAMERA, 40)).isTrue();
  }

  @Test
  void aCloseAfterThirtySecondsIsNoEvidenceAndBreaksTheRow() {
    closed(CAMERA, 0, 5);
    closed(CAMERA, 6, 37);
    closed(CAMERA, 38, 40);
    assertThat(limited(CAMERA, 40)).isFalse();
    closed(CAMERA, 41, 42);
    assertThat(limited(CAMERA, 42)).isTrue();
  }

  @Test
  void aWinnerThatLastedBreaksTheRow() {
    closed(CAMERA, 0, 5);
    memory.winnerLasted(CAMERA, 36 * S);
    closed(CAMERA, 100, 101);
    assertThat(limited(CAMERA, 101)).isFalse();
  }

  @Test
  void aWinnerThatLastsDoesNotEndAMemory() {
    closedTwice(CAMERA, 0);
    memory.winnerLasted(CAMERA, 30 * S);
    assertThat(limited(CAMERA, 31)).isTrue();
  }

  @Test
  void aMemoryLastsTenMinutesWithoutNewEvidence() {
    closedTwice(CAMERA, 0);
    assertThat(limited(CAMERA, 599)).isTrue();
    assertThat(limited(CAMERA, 600)).isFalse();
  }

  @Test
  void newEvidenceMakesItLastLonger() {
    closedTwice(CAMERA, 0);
    closed(CAMERA, 590, 599);
    assertThat(limited(CAMERA, 1198)).isTrue();
    assertThat(limited(CAMERA, 1199)).isFalse();
  }

  @Test
  void evidenceThatIsTenMinutesOldIsForgottenToo() {
    closed(CAMERA, 0, 0);
    closed(CAMERA, 600, 600);
    assertThat(limited(CAMERA, 600)).isFalse();
    closed(CAMERA, 601, 601);
    assertThat(limited(CAMERA, 601)).isTrue();
  }

  @Test
  void aForgottenMemoryNeedsTwoClosesAnew() {
    closedTwice(CAMERA, 0);
    closed(CAMERA, 600, 600);
    assertThat(limited(CAMERA, 600)).isFalse();
  }

  @Test
  void endpointsAndNetworksAreKeptApart() {
    closedTwice(CAMERA, 0);
    assertThat(limited(new EndpointMemory.Key(CAMERA.endpoint(), "198.51.100.0/24"), 0)).isFalse();
    assertThat(limited(new EndpointMemory.Key("other.example:554", CAMERA.network()), 0)).isFalse();
  }

  @Test
  void everythingIsForgottenWhenTheNetworkChanges() {
    closedTwice(CAMERA, 0);
    memory.forget();
    assertThat(limited(CAMERA, 0)).isFalse();
  }

  private static EndpointMemory.Key key(int i) {
    return new EndpointMemory.Key("camera" + i + ":554", "192.0.2.0/24");
  }

  @Test
  void theLongestUnusedEndpointMakesRoom() {
    for (int i = 0; i < 4; i++) {
      closedTwice(key(i), 0);
    }
    assertThat(limited(key(0), 1)).isTrue(); // used: key 1 is the oldest now
    closed(key(4), 1, 1);
    assertThat(limited(key(0), 1)).isTrue();
    assertThat(limited(key(1), 1)).isFalse();
    assertThat(limited(key(2), 1)).isTrue();
    assertThat(limited(key(3), 1)).isTrue();
    closed(key(4), 1, 1);
    assertThat(limited(key(4), 1)).isTrue();
  }

  @Test
  void manyEndpointsNeverGrowIt() {
    for (int i = 0; i < 100_000; i++) {
      closedTwice(key(i), 0);
    }
    long remembered = 0;
    for (int i = 0; i < 100_000; i++) {
      remembered += limited(key(i), 0) ? 1 : 0;
    }
    assertThat(remembered).isEqualTo(4);
  }

  @Test
  void askingRemembersNothing() {
    closedTwice(CAMERA, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(limited(key(i), 0)).isFalse();
    }
    assertThat(limited(CAMERA, 0)).isTrue();
  }

  @Test
  void aCapacityBelowOneIsAMistake() {
    assertThatThrownBy(() -> new EndpointMemory(0))
        .hasMessage("capacity: 0 is not valid; expected 1 or more");
    memory = new EndpointMemory(1);
    closedTwice(CAMERA, 0);
    assertThat(limited(CAMERA, 0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -10, -35, -300})
  void timeWrapsAround(long secondsBeforeTheEnd) {
    t0 = Long.MAX_VALUE + secondsBeforeTheEnd * S;
    closed(CAMERA, 0, 30);
    closed(CAMERA, 31, 40);
    assertThat(limited(CAMERA, 639)).isTrue();
    assertThat(limited(CAMERA, 640)).isFalse();
  }
}
