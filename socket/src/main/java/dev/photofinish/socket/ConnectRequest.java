package dev.photofinish.socket;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.address.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of one {@code connect}.
 *
 * @param remote as the caller gave it, resolved or not
 * @param local the address to dial from, null for the system's choice: the other family is not
 *     dialled
 * @param asked the options, without the caller's timeout
 * @param timeout of the caller for all of it, in nanoseconds; 0 for that of {@code asked}, which
 *     counts from when the race has its permit of the limiter
 */
record ConnectRequest(
    InetSocketAddress remote, @Nullable InetAddress local, RaceOptions asked, long timeout) {
  private static final long SHORTEST = Duration.ofMillis(1).toNanos();
  private static final long LONGEST = Duration.ofHours(1).toNanos();

  /**
   * The request of a socket with {@code settings}.
   *
   * @param timeout of the caller, in milliseconds; 0 for that of {@code options}
   */
  static ConnectRequest of(
      InetSocketAddress remote, SocketSettings settings, RaceOptions options, int timeout) {
    RaceOptions.Builder changed = options.toBuilder();
    if (settings.localPort() != 0) {
      changed.connectionRacing(Strategy.NONE);
    }
    long nanos = Duration.ofMillis(timeout).toNanos();
    return new ConnectRequest(remote, settings.localAddress(), changed.build(), nanos);
  }

  /** The longest wait for a permit of the limiter, in nanoseconds. */
  long patience() {
    return timeout == 0 ? Long.MAX_VALUE : timeout;
  }

  /** The options in what is left of the timeout after {@code waited} nanoseconds. */
  RaceOptions options(long waited) {
    if (timeout == 0) {
      return asked;
    }
    int races = asked.connectionRacing() == Strategy.HYBRID ? 2 : 1; // hybrid may be two
    long each = Math.max(SHORTEST, Math.min((timeout - waited) / races, LONGEST));
    return asked.toBuilder().racingTimeout(Duration.ofNanos(each)).build();
  }

  /** Races to one host wait for each other. */
  String host() {
    String name = name();
    return name == null ? Addresses.text(given().get(0)) : name;
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

  /** Of the addresses of the name those to dial: all, unless the caller's own is not among them. */
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
