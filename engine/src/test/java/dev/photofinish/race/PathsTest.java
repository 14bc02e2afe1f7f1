package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.address.Via;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidates that are pairs of a local and a remote address. */
final class PathsTest {
  private static final String WIFI = "198.51.100.1";
  private static final String WIFI6 = "2001:db8:a::1";
  private static final String LTE = "203.0.113.1";
  private static final String LTE6 = "2001:db8:b::1";
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String A6 = "2001:db8::1";
  private static final String B6 = "2001:db8::2";
  private static final long DELAY = 250_000_000;

  private static Candidate pair(String local, int path, String remote) {
    return new Candidate(
        0,
        new InetSocketAddress(Addresses.parse(remote), 554),
        Via.from(Addresses.parse(local), null, path));
  }

  private static List<Candidate> pairs(List<String> locals, int path, String... remotes) {
    return locals.stream()
        .flatMap(local -> Stream.of(remotes).map(remote -> pair(local, path, remote)))
        .filter(pair -> Objects.requireNonNull(pair.via()).reaches(pair.remote().getAddress()))
        .toList();
  }

  private static List<Candidate> all(List<Candidate> first, List<Candidate> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** What a race dials, one after the other, when all is silent. */
  private static List<String> dialled(RaceOptions options, List<Candidate> candidates) {
    Race race = new Race("target", 1, options, Comparator.comparing(Candidate::family), 0);
    for (Family family : Family.values()) {
      race.handle(
          0,
          new RaceEvent.Resolved(
              0, family, candidates.stream().filter(c -> c.family() == family).toList()));
    }
    List<String> dialled = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (race.poll(i * DELAY) instanceof RaceCommand.Dial dial) {
        dialled.add(text(dial.candidate()));
      }
    }
    return dialled;
  }

  private static String text(Candidate candidate) {
    return Addresses.text(Objects.requireNonNull(candidate.local()))
        + " "
        + Addresses.text(candidate.remote().getAddress());
  }

  private static RaceOptions firstWins(int parallel) {
    return RaceOptions.builder()
        .connectionRacing(Strategy.FIRST_WINS)
        .maxParallelConnections(parallel)
        .build();
  }

  @Test
  void theSecondAttemptTakesTheOtherWayOut() {
    assertThat(
            dialled(firstWins(4), all(pairs(List.of(WIFI), 0, A, B), pairs(List.of(LTE), 1, A, B))))
        .containsExactly(WIFI + " " + A, LTE + " " + A, WIFI + " " + B, LTE + " " + B);
  }

  @Test
  void neighboursDifferInPathAndInFamily() {
    List<Candidate> candidates =
        all(
            pairs(List.of(WIFI6, WIFI), 0, A6, A, B6, B),
            pairs(List.of(LTE6, LTE), 1, A6, A, B6, B));
    assertThat(dialled(firstWins(8), candidates))
        .containsExactly(
            WIFI6 + " " + A6,
            LTE + " " + A,
            WIFI + " " + A,
            LTE6 + " " + A6,
            WIFI6 + " " + B6,
            LTE + " " + B,
            WIFI + " " + B,
            LTE6 + " " + B6);
  }

  @Test
  void severalAddressesOfOneInterfaceAreOnePath() {
    List<Candidate> candidates =
        all(pairs(List.of(WIFI, "198.51.100.2"), 0, A), pairs(List.of(LTE), 1, A));
    assertThat(dialled(firstWins(3), candidates))
        .containsExactly(WIFI + " " + A, LTE + " " + A, "198.51.100.2 " + A);
  }

  @Test
  void thePreferredPathComesFirstThoughOnlyTheOtherHasIpv6() {
    List<Candidate> candidates =
        all(pairs(List.of(WIFI), 0, A6, A), pairs(List.of(LTE6, LTE), 1, A6, A));
    assertThat(dialled(firstWins(3), candidates))
        .containsExactly(WIFI + " " + A, LTE6 + " " + A6, LTE + " " + A);
  }

  @Test
  void morePreferredAddressesOfTheFirstFamilyHoldOnEveryPath() {
    RaceOptions options = firstWins(6).toBuilder().preferredAddressFamilyCount(2).build();
    List<Candidate> candidates =
        all(pairs(List.of(WIFI6, WIFI), 0, A6, B6, A), pairs(List.of(LTE6, LTE), 1, A6, B6, A));
    assertThat(dialled(options, candidates))
        .startsWith(WIFI6 + " " + A6, LTE6 + " " + A6, WIFI6 + " " + B6, LTE6 + " " + B6);
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.1, 192.0.2.1, true",
    "10.0.0.1, 192.0.2.1, true",
    "198.51.100.1, 2001:db8::1, false",
    "2001:db8::1, 192.0.2.1, false",
    "fe80::1, 2001:db8::1, false",
    "2001:db8::1, fe80::1, false",
    "fe80::1%1, fe80::2%1, true",
    "fe80::1%1, fe80::2%2, false",
    "fe80::1%1, fe80::2, true",
    "169.254.1.1, 192.0.2.1, false",
    "198.51.100.1, 127.0.0.1, true",
    "127.0.0.2, 127.0.0.1, true",
    "127.0.0.1, 192.0.2.1, false",
    "127.0.0.1, 169.254.1.1, false",
    "fd00::1, 2001:db8::1, true"
  })
  void pairsAreOfOneFamilyScopeAndZone(String local, String remote, boolean reaches) {
    assertThat(Via.from(Addresses.parse(local), null, 0).reaches(Addresses.parse(remote)))
        .isEqualTo(reaches);
  }

  @Test
  void withoutALocalAddressAllIsReached() {
    assertThat(new Via(null, null, 0, "camera.example:554").reaches(Addresses.parse(A))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9, eth0, , from 192.0.2.9 (eth0)",
    "192.0.2.9, , , from 192.0.2.9",
    ", , camera.example:554, for camera.example:554",
    "192.0.2.9, eth0, camera.example:554, from 192.0.2.9 (eth0) for camera.example:554"
  })
  void saysFromWhereAndWhatFor(
      @Nullable String local, @Nullable String device, @Nullable String tunnel, String text) {
    Via via = new Via(local == null ? null : Addresses.parse(local), device, 0, tunnel);
    assertThat(new Candidate(0, new InetSocketAddress(Addresses.parse(A), 554), via))
        .hasToString("192.0.2.1:554 " + text);
  }

  /** Two endpoints behind one proxy have its address in common and are not the same dial. */
  @Test
  void tunnelsOfOneProxyAreDialledApart() {
    InetSocketAddress proxy = new InetSocketAddress(Addresses.parse(A), 1080);
    Race race = new Race("target", 2, firstWins(3), Comparator.comparing(Candidate::family), 0);
    for (int i = 0; i < 2; i++) {
      Candidate candidate = new Candidate(i, proxy, new Via(null, null, 0, "camera" + i + ":554"));
      race.handle(0, new RaceEvent.Resolved(i, Family.IPV6, List.of()));
      race.handle(0, new RaceEvent.Resolved(i, Family.IPV4, List.of(candidate)));
    }
    assertThat(race.poll(0)).asString().contains("camera0");
    assertThat(race.poll(DELAY)).asString().contains("camera1");
  }
}
