package dev.photofinish.socket;

import dev.photofinish.race.Addresses;
import dev.photofinish.race.Candidate;
import dev.photofinish.race.Family;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code connect} asks for.
 *
 * @param remote as the caller gave it, resolved or not
 * @param local the address to dial from, null for the system's choice: the other family is not
 *     dialled
 */
record Goal(InetSocketAddress remote, @Nullable InetAddress local, RaceOptions options) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * A goal of a socket with {@code settings}.
   *
   * @param timeout of the caller, in milliseconds; 0 for that of {@code options}
   */
  static Goal of(InetSocketAddress remote, Settings settings, RaceOptions options, int timeout) {
    RaceOptions.Builder changed = options.toBuilder();
    if (settings.localPort() != 0) {
      changed.connectionRacing(Strategy.NONE);
    }
    if (timeout != 0) {
      changed.racingTimeout(bounded(timeout, options));
    }
    return new Goal(remote, settings.localAddress(), changed.build());
  }

  /** Hybrid may be two races. */
  private static Duration bounded(int timeout, RaceOptions options) {
    int races = options.connectionRacing() == Strategy.HYBRID ? 2 : 1;
    Duration each = Duration.ofNanos(Duration.ofMillis(timeout).toNanos() / races);
    return each.compareTo(LONGEST) < 0 ? each : LONGEST;
  }

  /** The name to look up, null when the address is all there is. */
  @Nullable String name() {
    String host = remote.getHostString();
    return Addresses.isNumeric(host) ? null : host;
  }

  /** The address that the caller gave, as the only one; none if it is a name. */
  List<InetAddress> given() {
    if (!remote.isUnresolved()) {
      return List.of(remote.getAddress());
    }
    return name() == null ? List.of(Addresses.parse(remote.getHostString())) : List.of();
  }

  /** What to dial of what the name resolved to: all, unless the caller's own address is not in. */
  List<InetAddress> choose(List<InetAddress> answer) {
    return answer.containsAll(given()) ? answer : given();
  }

  List<Candidate> candidates(List<InetAddress> addresses, Family family) {
    Via via = local == null ? null : Via.from(local, null, 0);
    return addresses.stream()
        .filter(address -> Family.of(address) == family)
        .filter(address -> local == null || Family.of(local) == family)
        .map(address -> new Candidate(0, new InetSocketAddress(address, remote.getPort()), via))
        .toList();
  }

  @Override
  public String toString() {
    String name = name();
    return name == null ? Addresses.text(remote) : name + ":" + remote.getPort();
  }
}
