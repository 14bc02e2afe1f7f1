package dev.photofinish.simulation;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scenario files that are already parsed to plain maps and lists. */
public final class ScenarioReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "options",
          "candidates",
          "resolution",
          "network",
          "device",
          "history",
          "cancel-at",
          "expect");
  private static final String ADDRESS = "a numeric address";
  private static final String MILLIS = "milliseconds, 0 to 86400000";
  private static final double MAX_MILLIS = 86_400_000;

  private ScenarioReader() {}

  /**
   * Reads a scenario from plain maps, lists, texts and numbers, as any JSON reader gives them.
   *
   * @throws InvalidOptionException if something is missing, unknown or out of range; its message
   *     names the place, such as {@code network["192.0.2.1"][0].ready}
   */
  public static Scenario read(Map<?, ?> map) {
    onlyKeys("", map, KEYS);
    boolean hasDevice = map.containsKey("device");
    if (hasDevice == map.containsKey("network")) {
      throw new InvalidOptionException(
          "network", hasDevice ? "beside device" : "missing", "either network or device");
    }
    return new Scenario(
        name(map),
        options(map.containsKey("options") ? asMap("options", map.get("options")) : Map.of()),
        answers(map),
        hasDevice ? Map.of() : network(asMap("network", map.get("network"))),
        hasDevice ? device(asMap("device", map.get("device"))) : null,
        map.containsKey("history") ? history(asMap("history", map.get("history"))) : Map.of(),
        time("", map, "cancel-at"),
        map.containsKey("expect") ? asMap("expect", map.get("expect")) : null);
  }

  private static String name(Map<?, ?> map) {
    Object name = map.containsKey("name") ? map.get("name") : "";
    if (name instanceof String text) {
      return text;
    }
    throw new InvalidOptionException("name", String.valueOf(name), "a text");
  }

  /**
   * The options of the contract; {@code racing-timeout-ms} is {@code racing-timeout} in
   * milliseconds.
   */
  private static RaceOptions options(Map<?, ?> map) {
    Map<String, Object> options = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (name.equals("racing-timeout-ms")) {
            options.put("racing-timeout", value + "ms");
          } else {
            options.put(String.valueOf(name), String.valueOf(value));
          }
        });
    return RaceOptions.of(options);
  }

  private static List<RaceReport.Answer> answers(Map<?, ?> map) {
    if (map.containsKey("candidates") == map.containsKey("resolution")) {
      throw new InvalidOptionException(
          "candidates",
          map.containsKey("candidates") ? "beside resolution" : "missing",
          "either candidates or resolution");
    }
    return map.containsKey("candidates")
        ? inGivenOrder(asList("candidates", map.get("candidates")))
        : resolution(asList("resolution", map.get("resolution")));
  }

  /** An endpoint each: endpoints are dialled in their order, addresses of one would be sorted. */
  private static List<RaceReport.Answer> inGivenOrder(List<?> addresses) {
    List<RaceReport.Answer> answers = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      List<Candidate> one = List.of(candidate("candidates[" + i + "]", i, addresses.get(i)));
      answers.add(new RaceReport.Answer(0, i, Family.IPV6, one));
      answers.add(new RaceReport.Answer(0, i, Family.IPV4, List.of()));
    }
    return answers;
  }

  private static List<RaceReport.Answer> resolution(List<?> list) {
    List<RaceReport.Answer> answers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String path = "resolution[" + i + "]";
      Map<?, ?> map = asMap(path, list.get(i));
      onlyKeys(path, map, Set.of("at", "family", "addresses"));
      Family family =
          Option.parseWord(path + ".family", String.valueOf(map.get("family")), Family.class);
      String addresses = path + ".addresses";
      List<Candidate> candidates =
          candidates(addresses, family, asList(addresses, map.get("addresses")));
      answers.add(new RaceReport.Answer(required(path, map, "at"), 0, family, candidates));
    }
    return answers;
  }

  private static List<Candidate> candidates(String path, Family family, List<?> addresses) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String place = path + "[" + i + "]";
      Candidate candidate = candidate(place, 0, addresses.get(i));
      if (candidate.family() != family) {
        throw new InvalidOptionException(
            place, String.valueOf(addresses.get(i)), "an " + Option.word(family) + " address");
      }
      candidates.add(candidate);
    }
    return candidates;
  }

  private static Candidate candidate(String path, int endpoint, @Nullable Object text) {
    return Scenario.candidate(endpoint, address(path, text));
  }

  private static Map<InetAddress, List<Scenario.Encounter>> network(Map<?, ?> map) {
    Map<InetAddress, List<Scenario.Encounter>> network = new LinkedHashMap<>();
    map.forEach(
        (address, list) -> {
          String path = "network[\"" + address + "\"]";
          List<Scenario.Encounter> encounters = new ArrayList<>();
          List<?> entries = asList(path, list);
          for (int i = 0; i < entries.size(); i++) {
            String entry = path + "[" + i + "]";
            encounters.add(encounter(entry, asMap(entry, entries.get(i))));
          }
          if (encounters.isEmpty()) {
            throw new InvalidOptionException(path, "[]", "at least one entry");
          }
          network.put(address(path, address), encounters);
        });
    return network;
  }

  private static Scenario.Encounter encounter(String path, Map<?, ?> map) {
    onlyKeys(path, map, Set.of("connect", "ready", "fail", "cause", "closed", "never"));
    long fail = time(path, map, "fail");
    if (map.containsKey("cause") == (fail == NEVER)) {
      throw new InvalidOptionException(
          path, fail == NEVER ? "cause" : "fail", "fail and cause together");
    }
    return new Scenario.Encounter(
        time(path, map, "connect"),
        time(path, map, "ready"),
        fail,
        fail == NEVER
            ? Cause.TIMEOUT
            : Option.parseWord(path + ".cause", String.valueOf(map.get("cause")), Cause.class),
        time(path, map, "closed"));
  }

  private static Scenario.Device device(Map<?, ?> map) {
    onlyKeys("device", map, Set.of("limit", "policy", "connect", "answer"));
    int limit =
        map.get("limit") instanceof Integer number
            ? number
            : 0; // JSON readers give small numbers as Integer
    if (limit < 1) {
      throw new InvalidOptionException(
          "device.limit", String.valueOf(map.get("limit")), "a whole number from 1");
    }
    Scenario.Policy policy =
        Option.parseWord("device.policy", String.valueOf(map.get("policy")), Scenario.Policy.class);
    return new Scenario.Device(
        limit, policy, required("device", map, "connect"), required("device", map, "answer"));
  }

  private static Map<InetAddress, PathStats> history(Map<?, ?> map) {
    Map<InetAddress, PathStats> history = new LinkedHashMap<>();
    map.forEach(
        (address, times) -> {
          String path = "history[\"" + address + "\"]";
          history.put(address(path, address), experience(path, asMap(path, times)));
        });
    return history;
  }

  private static PathStats experience(String path, Map<?, ?> map) {
    onlyKeys(path, map, Set.of("smoothed", "deviation", "percentile95"));
    long smoothed = required(path, map, "smoothed");
    long percentile95 = time(path, map, "percentile95");
    return PathStats.of(
        smoothed,
        required(path, map, "deviation"),
        percentile95 == NEVER ? smoothed : percentile95);
  }

  private static InetAddress address(String path, @Nullable Object text) {
    String numeric = String.valueOf(text);
    if (!Addresses.isNumeric(numeric)) {
      throw new InvalidOptionException(path, numeric, ADDRESS);
    }
    try {
      return Addresses.parse(numeric);
    } catch (IllegalArgumentException e) {
      // It looks like one, but its zone names no interface of this host, say.
      throw (InvalidOptionException)
          new InvalidOptionException(path, numeric, ADDRESS).initCause(e);
    }
  }

  private static long required(String path, Map<?, ?> map, String key) {
    long time = time(path, map, key);
    if (time == NEVER) {
      throw new InvalidOptionException(path + "." + key, "missing", MILLIS);
    }
    return time;
  }

  private static long time(String path, Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return NEVER;
    }
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= MAX_MILLIS) {
      return Math.round(number.doubleValue() * Duration.ofMillis(1).toNanos());
    }
    throw new InvalidOptionException(path.isEmpty() ? key : path + "." + key, value, MILLIS);
  }

  private static void onlyKeys(String path, Map<?, ?> map, Set<String> keys) {
    for (Object key : map.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        throw new InvalidOptionException(
            path.isEmpty() ? "scenario" : path,
            String.valueOf(key),
            "only " + keys.stream().sorted().toList());
      }
    }
  }

  private static Map<?, ?> asMap(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new InvalidOptionException(path, String.valueOf(value), "an object");
  }

  private static List<?> asList(String path, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new InvalidOptionException(path, String.valueOf(value), "a list");
  }
}
