package dev.photofinish.fleet.times;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The times of a takeover: when a side that lost has closed its cameras at the latest, and when the
 * other side may dial them at the earliest, both since the network between them failed.
 *
 * @param notice within which every node of a side has noticed that the other is gone; a side may
 *     notice at once, while the other takes this long
 * @param stableAfter for which nothing must change before a side decides
 * @param unstable after {@code stableAfter}, until all nodes go down where things keep changing
 * @param deciding from the time of a decision until every node of the side knows it
 * @param closing of all cameras of a node that goes down
 * @param removal from the decision of the side that goes on, until it takes over
 */
public record Takeover(
    Duration notice,
    Duration stableAfter,
    Duration unstable,
    Duration deciding,
    Duration closing,
    Duration removal) {
  /** Within which the connections to all cameras of a node are closed. */
  public static final Duration CLOSING = Duration.ofSeconds(3);

  /** Between the last close of one side and the first dial of the other. */
  public static final Duration MARGIN = Duration.ofSeconds(3);

  private static final String CLUSTER = "pekko.cluster.";
  private static final String RESOLVER = CLUSTER + "split-brain-resolver.";

  /** Pekko's resolver looks once a second. */
  private static final Duration RESOLVER_TICK = Duration.ofSeconds(1);

  /** Those of a configuration of Pekko. */
  public static Takeover of(Config config) {
    Duration heartbeat = config.getDuration(CLUSTER + "failure-detector.heartbeat-interval");
    Duration gossip = config.getDuration(CLUSTER + "gossip-interval");
    return new Takeover(
        config
            .getDuration(CLUSTER + "failure-detector.acceptable-heartbeat-pause")
            .plus(heartbeat)
            .plus(config.getDuration(CLUSTER + "unreachable-nodes-reaper-interval"))
            .plus(gossip),
        config.getDuration(RESOLVER + "stable-after"),
        config.getDuration(RESOLVER + "down-all-when-unstable"),
        RESOLVER_TICK.plus(gossip).plus(lease(config)),
        CLOSING,
        config.getDuration(CLUSTER + "down-removal-margin"));
  }

  /** For a side to be given or refused the lease that decides, where one does. */
  private static Duration lease(Config config) {
    if (!config.getString(RESOLVER + "active-strategy").equals("lease-majority")) {
      return Duration.ZERO;
    }
    String own =
        config.getString(RESOLVER + "lease-majority.lease-implementation")
            + ".lease-operation-timeout";
    return config
        .getDuration(RESOLVER + "lease-majority.acquire-lease-delay-for-minority")
        .plus(
            config.getDuration(
                config.hasPath(own) ? own : "pekko.coordination.lease.lease-operation-timeout"));
  }

  /** After which a side that lost holds no camera any more. */
  public Duration lastClose() {
    return notice.plus(stableAfter).plus(unstable).plus(deciding).plus(closing);
  }

  /** Before which the other side dials none of them. */
  public Duration firstDial() {
    return stableAfter.plus(removal);
  }

  /** The removal with which the first dial is {@code margin} behind the last close. */
  public Duration neededRemoval(Duration margin) {
    return lastClose().minus(stableAfter).plus(margin);
  }

  /**
   * The longest time from the end of a node to the first dials of its cameras by another, where
   * nothing else changes meanwhile.
   */
  public Duration longestGap() {
    return notice.plus(stableAfter).plus(deciding).plus(removal);
  }

  /**
   * Refuses times by which two nodes could hold a camera.
   *
   * @throws IllegalArgumentException says which setting is too short, and what it has to be
   */
  public void check() {
    if (firstDial().compareTo(lastClose()) < 0) {
      throw new IllegalArgumentException(
          "pekko.cluster.down-removal-margin is "
              + seconds(removal)
              + ": a side that lost may hold its cameras for "
              + seconds(lastClose())
              + ", but the other side may dial them after "
              + seconds(firstDial())
              + "; expected at least "
              + seconds(neededRemoval(Duration.ZERO)));
    }
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
