package dev.photofinish.fleet.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Tests which node holds which shard. */
class PlacementTest {
  private static final long MEGABIT = 1_000_000;

  private final Map<String, NodeReport> reports = new TreeMap<>();
  private final Map<String, List<String>> shards = new TreeMap<>();
  private BiFunction<String, String, Integer> reachable = (shard, zone) -> 1;
  private FleetView moves = FleetView.EMPTY;
  private int cameras = 1;
  private final ShardLoads loads = new ShardLoads(shard -> cameras);

  private final Listing listing =
      new Listing() {
        @Override
        public int reachable(String shard, String zone) {
          return reachable.apply(shard, zone);
        }

        @Override
        public int cameras(String shard) {
          return cameras;
        }
      };

  private void node(String name, String zone, boolean draining, Holding... holdings) {
    reports.put(name, new NodeReport(name, zone, "rtsp://h/", "", draining, List.of(holdings)));
    List<String> all = new ArrayList<>();
    for (Holding holding : holdings) {
      all.add(holding.shard());
    }
    shards.put(name, all);
  }

  private static Holding camera(String shard, long megabits) {
    return camera(shard, megabits, false);
  }

  private static Holding camera(String shard, long megabits, boolean one) {
    return new Holding(shard + "-camera", shard, 0, "PLAYING", megabits * MEGABIT, 0, one, null);
  }

  private Placement placement() {
    FleetView view = new FleetView(reports, moves.moves(), moves.unreachable());
    loads.see(view);
    return new Placement(view, shards, listing, loads);
  }

  @Test
  void aShardGoesWhereTheLeastBandwidthIs() {
    node("a", "", false, camera("1", 20));
    node("b", "", false, camera("2", 4), camera("3", 4), camera("4", 4));
    assertThat(placement().choose("5")).isEqualTo("b");
  }

  @Test
  void shardsThatWereGivenAndNotReportedYetCount() {
    node("a", "", false);
    node("b", "", false);
    shards.put("a", List.of("1", "2"));
    assertThat(placement().choose("3")).isEqualTo("b");
    reports.clear();
    assertThat(placement().choose("3")).isEqualTo("b");
  }

  /** Else all shards of a node that is lost would go to one node. */
  @Test
  void aShardOfALostNodeCountsAsItDidThere() {
    node("a", "", false);
    node("b", "", false, camera("2", 10));
    node("c", "", false, camera("1", 40), camera("3", 40));
    assertThat(placement().choose("9")).isEqualTo("a");
    reports.remove("c");
    shards.remove("c");
    assertThat(placement().choose("1")).isEqualTo("a");
    shards.put("a", List.of("1"));
    assertThat(placement().choose("3")).isEqualTo("b");
  }

  /** Pekko would wait for the answer of the node before a shard leaves another. */
  @Test
  void whileANodeIsUnreachableItGetsNothingAndNothingMoves() {
    node("a", "", true, camera("1", 90));
    node("b", "", false, camera("2", 50), camera("3", 50));
    node("c", "", false);
    moves = FleetView.EMPTY.withMove("2", "c");
    assertThat(placement().moves()).contains("1", "2");
    assertThat(placement().choose("9")).isEqualTo("c");
    moves = moves.withUnreachable(Set.of("c"), 1);
    assertThat(placement().moves()).isEmpty();
    assertThat(placement().choose("9")).isEqualTo("b");
    assertThat(placement().choose("2")).as("it was asked to be there").isEqualTo("b");
  }

  @Test
  void aShardThatWasNeverReportedCountsByTheNumberOfItsCameras() {
    cameras = 20;
    node("a", "", false);
    node("b", "", false, camera("1", 4));
    cameras = 1;
    assertThat(placement().choose("2")).isEqualTo("a");
    cameras = 20;
    shards.put("a", List.of("2"));
    assertThat(placement().choose("3")).isEqualTo("a");
    shards.put("a", List.of("2", "3"));
    assertThat(placement().choose("4")).isEqualTo("b");
  }

  @Test
  void aCameraThatSendsNothingForAMomentCountsAsBefore() {
    node("a", "", false, camera("1", 4));
    assertThat(placement()).isNotNull();
    node("a", "", false, camera("1", 0));
    assertThat(placement()).isNotNull();
    assertThat(loads.load("1")).isEqualTo(4 * MEGABIT);
    node("a", "", false, camera("1", 2));
    assertThat(placement()).isNotNull();
    assertThat(loads.load("1")).isEqualTo(2 * MEGABIT);
  }

  @Test
  void aShardGoesToAZoneOfItsCameras() {
    node("a", "north", false);
    node("b", "south", false, camera("2", 40));
    reachable = (shard, zone) -> zone.equals("south") ? 1 : 0;
    assertThat(placement().choose("1")).isEqualTo("b");
    node("a", "north", false, camera("1", 4));
    assertThat(placement().moves()).containsExactly("1");
  }

  /** Where no node reaches all cameras of a site. */
  @Test
  void aShardGoesWhereTheMostOfItsCamerasAreReached() {
    cameras = 3;
    node("a", "north", false);
    node("b", "south", false, camera("2", 40));
    reachable = (shard, zone) -> zone.equals("south") ? 2 : 1;
    assertThat(placement().choose("1")).isEqualTo("b");
    node("b", "south", true);
    assertThat(placement().choose("1")).isEqualTo("a");
  }

  @Test
  void aMoveToANodeThatWouldNotKeepTheShardIsNotMade() {
    node("a", "north", false, camera("1", 4));
    node("b", "south", false);
    node("c", "north", true);
    reachable = (shard, zone) -> zone.equals("north") ? 1 : 0;
    for (String asked : List.of("b", "c")) {
      moves = FleetView.EMPTY.withMove("1", asked);
      assertThat(placement().moves()).isEmpty();
      assertThat(placement().choose("1")).isEqualTo("a");
    }
  }

  @Test
  void aDrainingNodeTakesNothingAndGivesAwayCamerasOfOneClientFirst() {
    node("a", "", true, camera("1", 4), camera("2", 4, true));
    node("b", "", false, camera("3", 40));
    assertThat(placement().choose("9")).isEqualTo("b");
    assertThat(placement().moves()).containsExactly("2", "1");
  }

  @Test
  void aFleetThatDrainsAltogetherMovesNothing() {
    node("a", "", true, camera("1", 4));
    node("b", "", true);
    assertThat(placement().moves()).isEmpty();
  }

  @Test
  void aShardGoesWhereSomeoneAskedItToBe() {
    node("a", "", false, camera("1", 4));
    node("b", "", false, camera("2", 40));
    moves = FleetView.EMPTY.withMove("1", "b");
    assertThat(placement().moves()).containsExactly("1");
    assertThat(placement().choose("1")).isEqualTo("b");
    moves = FleetView.EMPTY.withMove("1", "gone");
    assertThat(placement().moves()).isEmpty();
    assertThat(placement().choose("1")).isEqualTo("a");
  }

  @Test
  void loadsThatDifferMuchAreEvenedOutOneShardAtATime() {
    node("a", "", false, camera("1", 8), camera("2", 4), camera("3", 4), camera("4", 4));
    node("b", "", false);
    assertThat(placement().moves()).containsExactly("1");
  }

  @Test
  void whatCannotBeMadeMoreEvenStays() {
    node("a", "", false, camera("1", 8));
    node("b", "", false);
    assertThat(placement().moves()).isEmpty();
    node("a", "", false, camera("1", 4), camera("2", 4), camera("3", 4), camera("4", 4));
    node("b", "", false, camera("5", 4), camera("6", 4), camera("7", 4));
    assertThat(placement().moves()).isEmpty();
  }

  /** The most loaded node cannot give to the least loaded one, which is in another zone. */
  @Test
  void nodesOfOneZoneAreEvenedOutBesideOthers() {
    node("a", "north", false, camera("n1", 40));
    node("b", "north", false, camera("n2", 8), camera("n3", 8), camera("n4", 8));
    node("c", "north", false, camera("n5", 4));
    node("d", "south", false);
    reachable = (shard, zone) -> zone.equals(shard.startsWith("n") ? "north" : "south") ? 1 : 0;
    assertThat(placement().moves()).as("from b to c").containsExactly("n2");
    assertThat(placement().choose("n2")).isEqualTo("c");
  }

  /** Whatever the loads and zones are, and though it is looked at again after each move. */
  @Test
  void movesComeToAnEnd() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Map<String, Long> rates = new TreeMap<>();
      for (int node = 0; node < 4; node++) {
        String zone = random.nextBoolean() ? "north" : "south";
        Holding[] held = new Holding[random.nextInt(8)];
        for (int i = 0; i < held.length; i++) {
          String anywhere = random.nextBoolean() ? "any" : zone;
          held[i] = camera(anywhere + node + "-" + i, 1 + random.nextInt(9));
          rates.put(held[i].shard(), held[i].bitsPerSecond());
        }
        node("node" + node, zone, false, held);
      }
      reachable = (shard, zone) -> shard.startsWith("any") || shard.startsWith(zone) ? 1 : 0;
      int moves = 0;
      for (Set<String> next = placement().moves(); !next.isEmpty(); next = placement().moves()) {
        assertThat(++moves).as("seed " + seed).isLessThan(50);
        move(next.iterator().next(), rates);
      }
      reports.clear();
      shards.clear();
    }
  }

  private void move(String shard, Map<String, Long> rates) {
    shards.values().forEach(all -> all.remove(shard));
    String chosen = placement().choose(shard);
    Objects.requireNonNull(shards.get(chosen)).add(shard);
    Map<String, String> zones = new TreeMap<>();
    reports.forEach((name, report) -> zones.put(name, report.zone()));
    zones.forEach(
        (name, zone) ->
            node(
                name,
                zone,
                false,
                shards.getOrDefault(name, List.of()).stream()
                    .map(one -> camera(one, rates.getOrDefault(one, 0L) / MEGABIT))
                    .toArray(Holding[]::new)));
  }

  @Test
  void fewMoveAtOnce() {
    Holding[] all = new Holding[20];
    for (int i = 0; i < all.length; i++) {
      all[i] = camera("s" + i, 1);
    }
    node("a", "", true, all);
    node("b", "", false);
    assertThat(placement().moves()).hasSize(5);
  }
}
