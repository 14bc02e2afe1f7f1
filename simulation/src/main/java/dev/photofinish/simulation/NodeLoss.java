package dev.photofinish.simulation;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialGroup;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * A fleet some of whose nodes die in one instant, replayed on a virtual clock: after the time that
 * a takeover takes, their sites are given to other nodes one after the other, and each node dials
 * the cameras that it was given, within its own limiter and the cap of the site. Times are
 * nanoseconds from the death.
 */
public final class NodeLoss {
  private static final long TICK = Duration.ofMillis(100).toNanos();

  /** Of each site, so many holders are started at once, and again after each {@link #TICK}. */
  private static final int HOLDERS_AT_ONCE = 20;

  /**
   * The setup.
   *
   * @param sites cameras of each site; those of one site are held together
   * @param nodes the node that holds each site before
   * @param nodeCount of all nodes, of which the first {@code lost} die
   * @param takeover until the first site of the lost nodes is given to another
   * @param allocating the time between one site and the next
   * @param placing chooses a node for a site
   * @param limiter of each node
   * @param siteDials most dials in progress to one site
   * @param seed of round trips
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Setup(
      int[] sites,
      int[] nodes,
      int nodeCount,
      int lost,
      Duration takeover,
      Duration allocating,
      IntUnaryOperator placing,
      DialLimiterOptions limiter,
      int siteDials,
      long seed) {}

  /**
   * One tick of the curve.
   *
   * @param playing cameras that play again
   * @param dials since the tick before
   */
  public record Sample(long at, int playing, int dials) {}

  /**
   * The course of it.
   *
   * @param curve a sample every 100 ms from the end of the takeover
   * @param cameras that were held by lost nodes
   * @param dials of all nodes together
   * @param mostOfASite most dials in progress to one site in any instant
   * @param mostOfANode most dials in progress from one node in any instant
   * @param playingAt when the last camera played again
   */
  public record Run(
      List<Sample> curve,
      int cameras,
      long dials,
      int mostOfASite,
      int mostOfANode,
      long playingAt) {
    /** Most dials in one second. */
    public int dialsInASecond() {
      int most = 0;
      for (int end = 0, sum = 0; end < curve.size(); end++) {
        sum += curve.get(end).dials();
        sum -= end < 10 ? 0 : curve.get(end - 10).dials();
        most = Math.max(most, sum);
      }
      return most;
    }
  }

  private final Setup setup;
  private final Network network = new Network();
  private final List<Sample> curve = new ArrayList<>();
  private final DialLimiter[] limiters;
  private final DialGroup[] groups;
  private final int[] dialsOfNodes;
  private final int[] dialsOfSites;
  private final int[] nodeOfSite;
  private final List<Integer> siteOfCamera = new ArrayList<>();
  private int lostCameras;
  private int playing;
  private int dialsOfTick;
  private long dials;
  private int mostOfASite;
  private int mostOfANode;
  private long playingAt;

  private NodeLoss(Setup setup) {
    this.setup = setup;
    limiters = new DialLimiter[setup.nodeCount()];
    for (int node = 0; node < limiters.length; node++) {
      limiters[node] =
          new SharedDialLimiter(setup.limiter()).withSameHostGap(DialLimiterOptions.CAMERA_GAP);
    }
    groups = new DialGroup[setup.sites().length];
    dialsOfNodes = new int[setup.nodeCount()];
    dialsOfSites = new int[setup.sites().length];
    nodeOfSite = setup.nodes().clone();
  }

  /** Replays {@code setup} until every camera plays. */
  public static Run run(Setup setup) {
    return new NodeLoss(setup).run();
  }

  private Run run() {
    StormCamera.Settings settings =
        new StormCamera.Settings(
            RaceOptions.defaults(),
            RetryOptions.defaults(),
            false,
            new SplittableRandom(setup.seed()));
    long at = setup.takeover().toNanos();
    for (int site = 0; site < nodeOfSite.length; site++) {
      int given = site;
      if (nodeOfSite[site] < setup.lost()) {
        lostCameras += setup.sites()[site];
        network.at(at, () -> give(given, settings));
        at += setup.allocating().toNanos();
      }
    }
    network.run(this::goesOn);
    sampleUntil(network.now() + TICK);
    return new Run(
        List.copyOf(curve), siteOfCamera.size(), dials, mostOfASite, mostOfANode, playingAt);
  }

  /** A site's new node starts the holders of its cameras, some at a time. */
  private void give(int site, StormCamera.Settings settings) {
    int node = setup.placing().applyAsInt(site);
    nodeOfSite[site] = node;
    groups[site] = new DialGroup(setup.siteDials());
    DialLimiter limiter = groups[site].within(limiters[node]);
    for (int i = 0; i < setup.sites()[site]; i++) {
      StormCamera camera = new StormCamera(network, siteOfCamera.size(), settings, limiter);
      siteOfCamera.add(site);
      network.at(network.now() + i / HOLDERS_AT_ONCE * TICK, camera::begins);
    }
  }

  private boolean goesOn(long time) {
    if (!curve.isEmpty() && playing == lostCameras) {
      return false;
    }
    sampleUntil(time);
    return true;
  }

  private void sampleUntil(long time) {
    long start = setup.takeover().toNanos();
    for (long at = start + curve.size() * TICK; at < time; at += TICK) {
      curve.add(new Sample(at, playing, dialsOfTick));
      dialsOfTick = 0;
    }
  }

  /** What the cameras do, counted by their sites and nodes. */
  private final class Network extends StormWorld {
    @Override
    boolean isDark(long time) {
      return false;
    }

    @Override
    void dialled(StormCamera camera) {
      dials++;
      dialsOfTick++;
      int site = siteOfCamera.get(camera.number());
      mostOfASite = Math.max(mostOfASite, ++dialsOfSites[site]);
      mostOfANode = Math.max(mostOfANode, ++dialsOfNodes[nodeOfSite[site]]);
    }

    @Override
    void dialEnded(StormCamera camera) {
      int site = siteOfCamera.get(camera.number());
      dialsOfSites[site]--;
      dialsOfNodes[nodeOfSite[site]]--;
    }

    @Override
    void connected() {}

    @Override
    void waits() {}

    @Override
    void isBack(StormCamera camera) {
      playing++;
      playingAt = now();
    }
  }
}
