package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Tests as scripts: {@code in(270, ready(2))} lets the virtual clock come to 270 ms, where attempt
 * 2 is ready, and {@code expect(close(1, CANCELLED), won(2))} says which commands that gives. What
 * the race commands at any other time fails the test, and so does whatever {@link FakeDriver}
 * finds.
 */
abstract class RaceScript {
  static final String A = "192.0.2.1";
  static final String B = "192.0.2.2";
  static final String C = "192.0.2.3";
  static final String D = "192.0.2.4";
  static final String A6 = "2001:db8::1";
  static final String B6 = "2001:db8::2";
  static final String C6 = "2001:db8::3";

  private static final long MS = 1_000_000;
  private static final int PORT = 554;

  /** A ticker may start anywhere; this one wraps around 400 ms after the start of each race. */
  private static final long STARTED_AT = Long.MAX_VALUE - 400 * MS;

  private @Nullable FakeDriver current;
  private @Nullable List<RaceCommand> unexpected;
  private long now;

  /** A race whose candidates are known from the start, in the order to dial. */
  final void race(String options, String... candidates) {
    current = new FakeDriver(options(options), candidates.length, STARTED_AT);
    for (int i = 0; i < candidates.length; i++) {
      handle(new RaceEvent.Resolved(i, Family.IPV6, List.of(candidate(i, candidates[i]))));
      handle(new RaceEvent.Resolved(i, Family.IPV4, List.of()));
    }
  }

  /** A race of {@code endpoints} names, none of which is resolved yet. */
  final void resolving(String options, int endpoints) {
    current = new FakeDriver(options(options), endpoints, STARTED_AT);
  }

  /** The strategy, then {@code name=value} for each other option. */
  static RaceOptions options(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
    map.put("connection-racing", words.remove(0));
    words.forEach(word -> map.put(word.split("=", 2)[0], word.split("=", 2)[1]));
    return RaceOptions.of(map);
  }

  /** Time comes to {@code ms}, where these events happen in one instant. */
  final void in(double ms, RaceEvent... events) {
    expectNothingElse();
    long at = (long) (ms * MS);
    while (!driver().isDecided() && driver().deadline().orElseThrow() < at) {
      now = driver().deadline().orElseThrow();
      assertThat(driver().drain(now)).as("commands at %s ms", now / (double) MS).isEmpty();
    }
    now = at;
    for (RaceEvent event : events) {
      handle(event);
    }
    unexpected = driver().drain(now);
  }

  final void expect(RaceCommand... commands) {
    assertThat(unexpected).as("commands at %s ms", now / (double) MS).containsExactly(commands);
    unexpected = null;
  }

  final void expectNothing() {
    expect();
  }

  private void expectNothingElse() {
    assertThat(unexpected).as("commands that nothing expected").isNull();
  }

  @AfterEach
  void everyRaceComesToItsEnd() {
    expectNothingElse();
    if (current != null) {
      current.finish();
    }
  }

  final FakeDriver driver() {
    if (current == null) {
      throw new IllegalStateException("no race: call race(...) or resolving(...) first");
    }
    return current;
  }

  final RaceReport report() {
    return driver().report();
  }

  final RaceReport.Attempt attempt(int number) {
    return report().attempts().get(number - 1);
  }

  private void handle(RaceEvent event) {
    driver().handle(now, event);
  }

  static Candidate candidate(int endpoint, String address) {
    return new Candidate(endpoint, new InetSocketAddress(Addresses.parse(address), PORT), null);
  }

  // Events.

  static RaceEvent aaaa(String... addresses) {
    return answer(0, Family.IPV6, addresses);
  }

  static RaceEvent a(String... addresses) {
    return answer(0, Family.IPV4, addresses);
  }

  static RaceEvent answer(int endpoint, Family family, String... addresses) {
    return new RaceEvent.Resolved(
        endpoint, family, Arrays.stream(addresses).map(x -> candidate(endpoint, x)).toList());
  }

  static RaceEvent connected(int attempt) {
    return new RaceEvent.Reached(attempt, Stage.CONNECTED);
  }

  static RaceEvent secured(int attempt) {
    return new RaceEvent.Reached(attempt, Stage.SECURED);
  }

  static RaceEvent ready(int attempt) {
    return new RaceEvent.Reached(attempt, Stage.READY);
  }

  static RaceEvent ended(int attempt, Cause cause) {
    return new RaceEvent.Ended(attempt, cause);
  }

  static RaceEvent refused(int attempt) {
    return ended(attempt, Cause.REFUSED);
  }

  static RaceEvent closed(int attempt) {
    return ended(attempt, Cause.CLOSED);
  }

  static RaceEvent cancel() {
    return new RaceEvent.Cancelled();
  }

  // Commands.

  /** A dial of the candidate that {@link #race} was given at the first place with this address. */
  final RaceCommand dial(int attempt, String address) {
    return new RaceCommand.Dial(attempt, candidate(endpointOf(address), address));
  }

  private int endpointOf(String address) {
    return report().answers().stream()
        .flatMap(answer -> answer.candidates().stream())
        .filter(c -> c.remote().getAddress().equals(Addresses.parse(address)))
        .findFirst()
        .orElseThrow()
        .endpoint();
  }

  static RaceCommand close(int attempt, Outcome outcome) {
    return new RaceCommand.Close(attempt, outcome);
  }

  static RaceCommand won(int attempt) {
    return new RaceCommand.Decide(Result.WON, attempt);
  }

  static RaceCommand lost(Result result) {
    return new RaceCommand.Decide(result, 0);
  }
}
