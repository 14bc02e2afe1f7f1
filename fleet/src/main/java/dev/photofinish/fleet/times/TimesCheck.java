package dev.photofinish.fleet.times;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps nodes with other times out of a fleet. When a side of a partition dials is computed from a
 * node's own times, and is only right if those of the other side are the same. Pekko makes it by
 * reflection, at the node that joins and at the one that it asks.
 */
public final class TimesCheck extends JoinConfigCompatChecker {
  private static final String RESOLVER = "pekko.cluster.split-brain-resolver.";
  private static final List<String> KEYS =
      List.of(
          RESOLVER + "stable-after",
          RESOLVER + "down-all-when-unstable",
          RESOLVER + "static-quorum.quorum-size",
          "pekko.cluster.down-removal-margin",
          "pekko.cluster.failure-detector.acceptable-heartbeat-pause",
          "pekko.cluster.failure-detector.heartbeat-interval",
          "pekko.cluster.unreachable-nodes-reaper-interval",
          "pekko.cluster.gossip-interval");

  /** For Pekko. */
  public TimesCheck() {}

  @Override
  public Seq<String> requiredKeys() {
    return seq(KEYS);
  }

  /** What a node does not say, because it is of a release that did not ask, is taken as it is. */
  @Override
  public ConfigValidation check(Config other, Config own) {
    List<String> wrong =
        KEYS.stream()
            .filter(key -> other.hasPath(key) && !value(other, key).equals(value(own, key)))
            .map(
                key ->
                    key
                        + " is "
                        + other.getValue(key).unwrapped()
                        + " at one node and "
                        + own.getValue(key).unwrapped()
                        + " at another; expected the same at all nodes of a fleet")
            .toList();
    return wrong.isEmpty() ? Valid$.MODULE$ : new Invalid(seq(wrong));
  }

  private static Object value(Config config, String key) {
    try {
      return config.getDuration(key);
    } catch (ConfigException.BadValue | ConfigException.WrongType e) {
      return String.valueOf(config.getValue(key).unwrapped()); // a number of nodes, or none
    }
  }

  private static Seq<String> seq(List<String> list) {
    return CollectionConverters.asScala(list).toList();
  }
}
