package dev.photofinish.fleet;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.photofinish.fleet.times.Takeover;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Makes the configuration of Pekko from the options of a node, and checks its times. */
final class PekkoConfig {
  private static final String SYSTEM = "photofinish";
  private static final String CLUSTER = "pekko.cluster.";
  private static final String RESOLVER = CLUSTER + "split-brain-resolver.";
  private static final String ARTERY = "pekko.remote.artery.";
  private static final String KEYS = ARTERY + "ssl.rotating-keys-engine.";
  private static final String REMOVAL = CLUSTER + "down-removal-margin";

  /** By which the side goes on that gets a lease of Kubernetes. */
  static final Map<String, Object> KUBERNETES_LEASE =
      Map.of(
          RESOLVER + "active-strategy", "lease-majority",
          RESOLVER + "lease-majority.lease-implementation", "pekko.coordination.lease.kubernetes");

  private PekkoConfig() {}

  /**
   * The configuration.
   *
   * @throws IllegalArgumentException if two nodes could hold a camera with its times
   */
  static Config of(FleetOptions options) {
    Config base =
        ConfigFactory.defaultOverrides()
            .withFallback(ConfigFactory.parseMap(options.pekko()))
            .withFallback(ConfigFactory.parseMap(from(options)))
            .withFallback(ConfigFactory.parseResources("photofinish-fleet.conf"));
    Config config =
        base.withFallback(removal(base)).withFallback(ConfigFactory.defaultReference()).resolve();
    Takeover.of(config).check();
    return config;
  }

  /** As long as the other times need, unless it is given. */
  private static Config removal(Config base) {
    Config zero = ConfigFactory.parseMap(Map.of(REMOVAL, "0s"));
    Config config =
        base.withFallback(zero).withFallback(ConfigFactory.defaultReference()).resolve();
    Duration needed = Takeover.of(config).neededRemoval(Takeover.MARGIN);
    return ConfigFactory.parseMap(Map.of(REMOVAL, needed.toMillis() + "ms"));
  }

  private static Map<String, Object> from(FleetOptions options) {
    Map<String, Object> values = new HashMap<>();
    values.put(ARTERY + "canonical.hostname", options.host());
    values.put(ARTERY + "canonical.port", options.listen().getPort());
    values.put(CLUSTER + "min-nr-of-members", beginners(options));
    long stable = options.stableAfter().toMillis();
    values.put(RESOLVER + "stable-after", stable + "ms");
    // Pekko derives it from stable-after where it is "on"; the times are checked, so it is said.
    values.put(RESOLVER + "down-all-when-unstable", Math.max(2_000, stable * 3 / 4) + "ms");
    if (options.quorum() > 0) {
      values.put(RESOLVER + "active-strategy", "static-quorum");
      values.put(RESOLVER + "static-quorum.quorum-size", options.quorum());
    } else {
      values.put(RESOLVER + "active-strategy", "keep-majority");
    }
    FleetTls tls = options.tls();
    if (tls != null) {
      values.put(ARTERY + "transport", "tls-tcp");
      values.put(
          ARTERY + "ssl.ssl-engine-provider",
          "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
      values.put(KEYS + "key-file", tls.key().toAbsolutePath().toString());
      values.put(KEYS + "cert-file", tls.certificate().toAbsolutePath().toString());
      values.put(KEYS + "ca-cert-file", tls.authority().toAbsolutePath().toString());
    }
    return values;
  }

  /**
   * So many nodes begin a fleet. With fewer, the first of those to join, which is alone when it
   * starts again behind a partition, would begin another one, and hold the cameras too.
   */
  private static int beginners(FleetOptions options) {
    return options.quorum() > 0 ? options.quorum() : options.join().size() / 2 + 1;
  }

  /** A node's address as Pekko writes it. */
  static String url(String node) {
    return "pekko://" + SYSTEM + "@" + node;
  }

  static String system() {
    return SYSTEM;
  }
}
