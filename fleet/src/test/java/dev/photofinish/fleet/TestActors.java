package dev.photofinish.fleet;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** Actor systems of tests that need no cluster, with the settings of a node. */
public final class TestActors {
  private TestActors() {}

  /** One with the settings of a node. */
  public static ActorTestKit kit() {
    return kit(Map.of());
  }

  /**
   * One with settings of its own.
   *
   * @param settings that take precedence over those of a node
   */
  public static ActorTestKit kit(Map<String, ?> settings) {
    return ActorTestKit.create(
        ConfigFactory.parseMap(settings)
            .withFallback(ConfigFactory.parseMap(Map.of("pekko.actor.provider", "local")))
            .withFallback(ConfigFactory.parseResources("photofinish-fleet.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }
}
