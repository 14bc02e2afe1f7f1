package dev.photofinish.fleet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitPolicy;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.LearntLimit;
import dev.photofinish.fleet.board.NodeReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was learnt of client limits, as it follows its camera from node to node. */
class LearntLimitsTest {
  private static final LearntLimit ONE = new LearntLimit(1, "DROPS_OLDEST", 0, 1_000_000);

  private final LearntLimits limits = new LearntLimits();

  private void hear(String node, @Nullable LearntLimit limit) {
    Holding door = new Holding("door", "~1", 0, "PLAYING", 0, 0, limit != null, limit);
    NodeReport report = new NodeReport(node, "", "", "", false, List.of(door));
    limits.hear(Map.of("door", new FleetView.Held(report, door)), "self", name -> true);
  }

  @Test
  void whatTheHolderToldLastIsTakenOverAlsoWhenItIsGone() {
    hear("other", ONE);
    limits.hear(Map.of(), "self", name -> true);
    assertThat(limits.of("door")).as("it is held by nobody").isNull();
    assertThat(limits.take("door")).isEqualTo(ONE);
    assertThat(limits.of("door")).isEqualTo(ONE);
  }

  @Test
  void aHolderThatKnowsOfNoneAnyMoreIsRight() {
    hear("other", ONE);
    hear("other", null);
    assertThat(limits.take("door")).isNull();
  }

  @Test
  void whatThisNodeKnewIsThereWhenItTakesTheCameraAgain() {
    hear("other", ONE);
    limits.take("door");
    limits.release("door");
    hear("self", null);
    assertThat(limits.of("door")).isNull();
    assertThat(limits.take("door")).isEqualTo(ONE);
  }

  @Test
  void nothingIsKeptOfCamerasThatAreNotListed() {
    hear("other", ONE);
    limits.hear(Map.of(), "self", name -> false);
    assertThat(limits.take("door")).isNull();
  }

  @Test
  void anotherDeviceBeginsAnew() {
    hear("other", ONE);
    limits.take("door");
    limits.forget("door");
    assertThat(limits.of("door")).isNull();
    limits.release("door");
    assertThat(limits.take("door")).isNull();
  }

  @Test
  void agesAreThoseOfTheWall() {
    ClientLimit seen = new ClientLimit(2, LimitPolicy.ANSWERS_FULL, 453, "answered 453", 77);
    LearntLimit sent = LearntLimit.of(seen, Duration.ofSeconds(5), 1_000_000);
    assertThat(sent).isEqualTo(new LearntLimit(2, "ANSWERS_FULL", 453, 995_000));
    assertThat(sent.isOneClient()).isFalse();
    assertThat(sent.age(1_000_000)).isEqualTo(Duration.ofSeconds(5));
    assertThat(sent.age(0)).as("a clock that is behind").isEqualTo(Duration.ZERO);
    assertThat(sent.limit().orElseThrow().policy()).isEqualTo(LimitPolicy.ANSWERS_FULL);
    assertThat(sent.limit().orElseThrow().status()).isEqualTo(453);
  }

  @Test
  void whatALaterReleaseKnowsIsLeftOut() {
    assertThat(new LearntLimit(1, "SENDS_FLOWERS", 0, 0).limit()).isEmpty();
    assertThat(new LearntLimit(0, "DROPS_OLDEST", 0, 0).limit()).isEmpty();
  }
}
