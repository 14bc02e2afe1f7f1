package dev.photofinish.connect;

import dev.photofinish.connect.LocalAddresses.Missing;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks where the races of a connector may leave this host, and says once when an interface is not
 * to be had, and once when it is again: a modem that was unplugged must not go unnoticed because
 * the other way out wins every race.
 *
 * <p>Safe for use by several threads.
 */
final class ChosenInterfaces {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  private final AtomicReference<List<Missing>> missing = new AtomicReference<>(List.of());

  LocalAddresses present(Route route) {
    LocalAddresses present = LocalAddresses.present(route);
    if (!route.interfaces().isEmpty()) {
      saw(present);
    }
    return present;
  }

  void saw(LocalAddresses present) {
    List<Missing> now = present.missing();
    List<Missing> before = missing.getAndSet(now);
    if (now.equals(before)) {
      return;
    }
    String rest = present.ways().isEmpty() ? "no way out is left" : present.text() + " is left";
    now.stream().filter(one -> !before.contains(one)).forEach(one -> LOG.warn("{}; {}", one, rest));
    before.stream()
        .filter(one -> now.stream().noneMatch(still -> still.name().equals(one.name())))
        .forEach(one -> LOG.info("interface {}: there again", one.name()));
  }
}
