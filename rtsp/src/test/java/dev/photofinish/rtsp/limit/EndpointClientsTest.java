package dev.photofinish.rtsp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.limit.ConnectionFacts.State;
import dev.photofinish.rtsp.stream.MediaArrivals;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The count against the limit of one endpoint, in virtual milliseconds. */
class EndpointClientsTest {
  private static final long MS = 1_000_000;

  private final EndpointClients clients = new EndpointClients();
  private final Object one = "one";
  private final Object other = "other";

  private void opened(long id, Object stream, long dialledAt, long connectedAt) {
    clients.opened(
        id,
        ConnectionFacts.established(stream, dialledAt * MS, connectedAt * MS, new MediaArrivals()));
  }

  private void closed(long id, State how, long at) {
    clients.change(id, facts -> facts.closed(how, at * MS));
  }

  @Test
  void aStreamTakesWhatItHasAndOthersTakeTheirs() {
    opened(1, one, 0, 10);
    opened(2, one, 0, 10);
    opened(3, other, 0, 10);
    assertThat(clients.own(one)).isEqualTo(2);
    assertThat(clients.others(one)).isEqualTo(1);
    assertThat(clients.others(other)).isEqualTo(2);
  }

  @Test
  void aRaceTakesThePlacesThatItMayHaveUntilItIsOver() {
    clients.claim(other, 3);
    opened(1, other, 0, 10);
    assertThat(clients.others(one)).isEqualTo(3);
    clients.release(other);
    assertThat(clients.others(one)).isEqualTo(1);
  }

  @Test
  void moreConnectionsThanTheRaceClaimedCountAsWhatTheyAre() {
    clients.claim(other, 1);
    opened(1, other, 0, 10);
    opened(2, other, 0, 10);
    assertThat(clients.others(one)).isEqualTo(2);
  }

  @Test
  void whatWeClosedIsCountedUntilTheDeviceSettledAndWhatItClosedIsNot() {
    opened(1, one, 0, 10);
    closed(1, State.LEAVING, 50);
    assertThat(clients.own(one)).isEqualTo(1);
    closed(1, State.EVICTED, 50);
    assertThat(clients.own(one)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"110, true", "200, true", "201, false", "109, true", "89, false"})
  void aConnectionMadeRoomForTheNewerOneIfItClosedNearItsDial(long closedAt, boolean made) {
    opened(1, one, 0, 10);
    opened(2, other, 90, 100);
    closed(1, State.EVICTED, closedAt);
    assertThat(clients.madeRoom(1)).isEqualTo(made);
    assertThat(clients.evictedAnother(2)).isEqualTo(made);
  }

  @Test
  void anOlderConnectionEvictsNothing() {
    opened(1, one, 90, 100);
    opened(2, other, 0, 10);
    closed(1, State.EVICTED, 105);
    assertThat(clients.madeRoom(1)).isFalse();
    assertThat(clients.evictedAnother(2)).isFalse();
  }

  @Test
  void aStreamDoesNotEvictItself() {
    opened(1, one, 0, 10);
    opened(2, one, 90, 100);
    closed(1, State.EVICTED, 105);
    assertThat(clients.madeRoom(1)).isTrue();
    assertThat(clients.evictedAnother(2)).isFalse();
  }

  /** A device that starts again closes all; one of our loops may see it later than another. */
  @Test
  void whatClosesLateAfterTheDeviceFreedAPlaceMadeRoomForNone() {
    opened(1, one, 0, 10);
    opened(2, other, 0, 10);
    closed(1, State.EVICTED, 500);
    opened(3, one, 501, 502);
    closed(2, State.EVICTED, 503);
    assertThat(clients.madeRoom(2)).isFalse();
    assertThat(clients.evictedAnother(3)).isFalse();
  }

  @Test
  void onePlaceThatIsFreeIsForOneNewerConnection() {
    opened(1, one, 0, 10);
    opened(2, other, 0, 10);
    closed(1, State.EVICTED, 500);
    opened(3, one, 501, 502);
    opened(4, other, 560, 570);
    closed(2, State.EVICTED, 571);
    assertThat(clients.madeRoom(2)).isTrue();
    assertThat(clients.evictedAnother(4)).isFalse();
  }

  @Test
  void aCloseThatIsSeenBeforeTheNewerConnectionMadeRoomForIt() {
    opened(1, one, 0, 10);
    closed(1, State.EVICTED, 95);
    opened(2, other, 90, 100);
    assertThat(clients.madeRoom(1)).isTrue();
    assertThat(clients.evictedAnother(2)).isTrue();
  }

  /** The place that it left was taken. */
  @Test
  void streamsMayEvictEachOtherInTurn() {
    opened(1, one, 0, 10);
    opened(2, other, 490, 500);
    closed(1, State.EVICTED, 501);
    opened(3, one, 510, 520);
    closed(2, State.EVICTED, 521);
    assertThat(clients.madeRoom(2)).isTrue();
    assertThat(clients.evictedAnother(3)).isTrue();
  }

  @Test
  void whatWasForgottenSaysNothing() {
    opened(1, one, 0, 10);
    clients.forget(1);
    clients.change(1, ConnectionFacts::withWon);
    assertThat(clients.facts(1)).isNull();
    assertThat(clients.madeRoom(1)).isFalse();
    assertThat(clients.isEmpty()).isTrue();
  }

  @Test
  void factsAreValues() {
    opened(1, one, 0, 10);
    ConnectionFacts before = Objects.requireNonNull(clients.facts(1));
    clients.change(1, facts -> facts.withAnswer(true));
    clients.change(1, facts -> facts.withAnswer(false));
    assertThat(before.answered()).isFalse();
    ConnectionFacts after = Objects.requireNonNull(clients.facts(1));
    assertThat(after.answered() && after.session()).isTrue();
  }
}
