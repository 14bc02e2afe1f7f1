package dev.photofinish.host;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells local networks apart, so that what was learnt through one is not believed on another: by
 * the interfaces of this host with their addresses, and by the default route.
 *
 * <p>Looks at most once a second, by the caller's clock; between looks it gives the very same text,
 * so that a comparison costs nothing. Safe for use by several threads.
 */
public final class LocalNetwork {
  private static final long LOOK_LASTS = Duration.ofSeconds(1).toNanos();
  private static final LocalNetwork HOST = new LocalNetwork();

  private record Look(String network, long at) {}

  private final Supplier<String> surroundings;
  private volatile @Nullable Look last;

  /** That of this host. */
  public LocalNetwork() {
    this(HostNetwork::describe);
  }

  /**
   * A network that the caller describes.
   *
   * @param surroundings names where this host is, and gives another name elsewhere; one line
   */
  public LocalNetwork(Supplier<String> surroundings) {
    this.surroundings = surroundings;
  }

  /** Names where this host is at present, looked up within the last second. */
  public static String present() {
    return HOST.at(System.nanoTime());
  }

  /**
   * Names where this host is.
   *
   * @param now nanoseconds of the caller's ticker, the same one for every call on this object
   */
  public String at(long now) {
    Look look = last;
    return look != null && now - look.at < LOOK_LASTS ? look.network : look(now);
  }

  private synchronized String look(long now) {
    Look before = last;
    if (before != null && now - before.at < LOOK_LASTS) {
      return before.network; // another thread has looked meanwhile
    }
    String seen = surroundings.get();
    Look look =
        new Look(before != null && seen.equals(before.network) ? before.network : seen, now);
    last = look;
    return look.network;
  }
}
