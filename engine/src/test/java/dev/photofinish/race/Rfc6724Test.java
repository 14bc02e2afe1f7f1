package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6724 section 6 as far as it is followed, and the examples of section 10.2. */
class Rfc6724Test {
  private static final String NONE = "-";

  private final Map<InetAddress, InetAddress> sources = new HashMap<>();

  private Candidate destination(String address, String source) {
    InetAddress remote = Addresses.parse(address);
    if (!source.equals(NONE)) {
      sources.put(remote, Addresses.parse(source));
    }
    return new Candidate(new InetSocketAddress(remote, 554));
  }

  private List<Candidate> sorted(Candidate... candidates) {
    List<Candidate> sorted = new ArrayList<>(Arrays.asList(candidates));
    sorted.sort(new Rfc6724(c -> sources.get(c.remote().getAddress())));
    return sorted;
  }

  /** Each row: the preferred destination and its source, the other and its source. */
  @ParameterizedTest(name = "{4}: {0} before {2}")
  @CsvSource({
    "2001:db8::2, 2001:db8::1, 192.0.2.1, -, rule 1",
    "192.0.2.1, 192.0.2.9, 2001:db8::2, -, rule 1",
    "fe80::2, fe80::1, 2001:db8::2, fe80::1, rule 2",
    "198.51.100.121, 198.51.100.117, 2001:db8:1::1, fe80::1, rule 2",
    "2002:c633:6401::1, 2002:c633:6401::2, 2001:db8:1::1, 2002:c633:6401::2, rule 5",
    "192.0.2.1, 192.0.2.9, 2001:db8::2, 2002:c000:209::1, rule 5",
    "2001:db8::2, 2001:db8::1, 192.0.2.1, 192.0.2.9, rule 6",
    "2001:db8::2, 2001:db8::1, 2002:c633:6401::1, 2002:c633:6401::2, rule 6",
    "192.0.2.1, 192.0.2.9, fd00::2, fd00::1, rule 6",
    "::1, ::1, 127.0.0.1, 127.0.0.1, rule 6",
    "192.0.2.1, 192.0.2.9, 2001::2, 2001::1, rule 6",
    "fe80::2, fe80::1, 2001:db8::2, 2001:db8::1, rule 8",
    "169.254.1.1, 169.254.1.2, 192.0.2.1, 192.0.2.9, rule 8",
    "2001:db8:1::1, 2001:db8:1::2, 2001:db8:3ffe::1, 2001:db8:3f44::2, rule 9",
    "192.0.2.1, 192.0.2.9, 198.51.100.1, 192.0.2.9, rule 9"
  })
  void prefers(String first, String firstSource, String second, String secondSource, String rule) {
    Candidate preferred = destination(first, firstSource);
    Candidate other = destination(second, secondSource);
    assertThat(sorted(preferred, other)).as(rule).containsExactly(preferred, other);
    assertThat(sorted(other, preferred)).as(rule).containsExactly(preferred, other);
  }

  /** Rows of section 10.2 whose outcome rules 1, 2, 5, 6, 8 and 9 decide, in its order. */
  @ParameterizedTest(name = "{0} before {2}")
  @CsvSource({
    "2001:db8:1::1, 2001:db8:1::2, 198.51.100.121, 169.254.13.78",
    "198.51.100.121, 198.51.100.117, 2001:db8:1::1, fe80::1",
    "2001:db8:1::1, 2001:db8:1::2, 10.1.2.3, 10.1.2.4",
    "fe80::1, fe80::2, 2001:db8:1::1, 2001:db8:1::2",
    "2001:db8:1::1, 2001:db8:1::2, 2001:db8:3ffe::1, 2001:db8:1::2",
    "2002:c633:6401::1, 2002:c633:6401::2, 2001:db8:1::1, fe80::2",
    "2001:db8:1::1, 2001:db8:1::2, 2002:c633:6401::1, 2002:c633:6401::2",
    "2002:c633:6401::1, 2002:c633:6401::2, fec0::1, 2002:c633:6401::2"
  })
  void examplesOfTheRfc(String first, String firstSource, String second, String secondSource) {
    Candidate preferred = destination(first, firstSource);
    Candidate other = destination(second, secondSource);
    assertThat(sorted(other, preferred)).containsExactly(preferred, other);
  }

  /** Section 2.2: "CommonPrefixLen(fe80::1, fe80::2) is 64". */
  @Test
  void interfaceIdentifiersAreNotCompared() {
    Candidate a = destination("2001:db8::ff00:1", "2001:db8::1");
    Candidate b = destination("2001:db8::1:1", "2001:db8::1");
    assertThat(sorted(a, b)).containsExactly(a, b);
    assertThat(sorted(b, a)).containsExactly(b, a);
  }

  /** Rule 10: otherwise, leave the order unchanged. */
  @Test
  void equalsKeepTheirOrder() {
    Candidate a = destination("192.0.2.1", NONE);
    Candidate b = destination("192.0.2.2", NONE);
    assertThat(sorted(b, a)).containsExactly(b, a);
  }

  private List<Candidate> sorted(Map<Candidate, PathStats> past, Candidate... candidates) {
    List<Candidate> sorted = new ArrayList<>(List.of(candidates));
    sorted.sort(new Rfc6724(c -> sources.get(c.remote().getAddress()), past::get));
    return sorted;
  }

  private static PathStats took(long nanos) {
    return PathStats.of(nanos, 0, nanos);
  }

  /** RFC 8305 section 4, between rules 8 and 9: each is one that rule 9 alone would put last. */
  @Test
  void betweenRules8And9LowerConnectTimesComeFirst() {
    Candidate near = destination("192.0.2.5", "192.0.2.4");
    Candidate quick = destination("192.0.2.100", "192.0.2.4");
    Candidate slow = destination("198.51.100.1", "192.0.2.4");

    assertThat(sorted(slow, quick, near)).containsExactly(near, quick, slow);
    assertThat(sorted(Map.of(quick, took(5), slow, took(20)), near, slow, quick))
        .containsExactly(quick, slow, near);
  }

  @Test
  void usedAddressesComeBeforeUnusedOnes() {
    Candidate near = destination("192.0.2.5", "192.0.2.4");
    Candidate used = destination("198.51.100.1", "192.0.2.4");
    PathStats untimed = new PathStats(-1, -1, -1, true, false);

    assertThat(sorted(Map.of(used, untimed), near, used)).containsExactly(used, near);
  }

  @Test
  void addressesThatFailedLastComeAfterThoseThatDidNot() {
    Candidate near = destination("192.0.2.5", "192.0.2.4");
    Candidate quick = destination("192.0.2.100", "192.0.2.4");
    Candidate slow = destination("198.51.100.1", "192.0.2.4");
    PathStats failed = new PathStats(5, 0, 5, true, true);

    assertThat(sorted(Map.of(quick, failed, slow, took(20)), quick, near, slow))
        .containsExactly(slow, near, quick);
    assertThat(sorted(Map.of(quick, failed), quick, near)).containsExactly(near, quick);
  }

  @Test
  void whatWasLearntDoesNotOutweighRules1To8() {
    Candidate ipv6 = destination("2001:db8::1", "2001:db8::4");
    Candidate ipv4 = destination("192.0.2.5", "192.0.2.4");
    Candidate unusable = destination("192.0.2.6", NONE);
    Map<Candidate, PathStats> past =
        Map.of(ipv6, new PathStats(500, 0, 500, true, true), ipv4, took(5), unusable, took(1));

    assertThat(sorted(past, unusable, ipv4, ipv6)).containsExactly(ipv6, ipv4, unusable);
  }

  /** A comparison that contradicts itself would make the sort throw. */
  @Test
  void isAnOrder() {
    String[] addresses = {
      "::1",
      "127.0.0.1",
      "fe80::1",
      "fe80::2",
      "169.254.1.1",
      "10.0.0.1",
      "192.0.2.1",
      "8.8.8.8",
      "2001:db8::1",
      "2001:db8:8000::1",
      "2001::1",
      "2002:c000:201::1",
      "fd00::1",
      "fec0::1",
      "3ffe::1",
      "::1.2.3.4",
      "ff02::1",
      "ff0e::1"
    };
    long seed = 6724;
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      sources.clear();
      List<Candidate> all = new ArrayList<>();
      for (String address : addresses) {
        int source = random.nextInt(addresses.length + 1);
        all.add(destination(address, source == addresses.length ? NONE : addresses[source]));
      }
      Collections.shuffle(all, random);
      List<Candidate> once = sorted(all.toArray(Candidate[]::new));
      Collections.shuffle(all, random);
      Rfc6724 order = new Rfc6724(c -> sources.get(c.remote().getAddress()));
      for (int i = 1; i < once.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (order.compare(once.get(j), once.get(i)) > 0) {
            fail("seed %d run %d: %s after %s", seed, run, once.get(j), once.get(i));
          }
        }
      }
    }
  }
}
