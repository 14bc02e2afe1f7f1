package dev.photofinish.connect.channel;

import dev.photofinish.connect.route.Route;
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
public final class ChosenInterfaces {
  private static final Logger LOG = LoggerFactory.getLogger(ChosenInterfaces.class);

  private final AtomicReference<List<String>> missing = new AtomicReference<>(List.of());

  /** With every interface taken to be there. */
  public ChosenInterfaces() {}

  public LocalAddresses present(Route route) {
    LocalAddresses present = LocalAddresses.present(route);
    if (!route.interfaces().isEmpty()) {
      saw(present);
    }
    return present;
  }

  public void saw(LocalAddresses present) {
    List<String> now = present.missing();
    List<String> before = missing.getAndSet(now);
    if (now.equals(before)) {
      return;
    }
    String rest = present.ways().isEmpty() ? "no way out is left" : present.text() + " is left";
    now.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> LOG.warn("{}; {}", LocalAddresses.isMissing(name), rest));
    before.stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> LOG.info("interface {}: there again", name));
  }
}
