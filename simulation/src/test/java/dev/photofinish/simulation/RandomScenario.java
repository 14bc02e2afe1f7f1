package dev.photofinish.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws scenario files. Times lie on a coarse grid half of the time, so that many things happen in
 * the same instant.
 */
final class RandomScenario {
  private static final List<String> ADDRESSES =
      List.of(
          "2001:db8::1",
          "192.0.2.1",
          "2001:db8::2",
          "192.0.2.2",
          "2001:db8::3",
          "192.0.2.3",
          "2001:db8::4",
          "192.0.2.4");
  private static final List<String> CAUSES =
      List.of("refused", "reset", "unreachable", "tls", "local", "timeout");

  private final Random random;
  private final int grid;
  private final Map<String, Object> options;

  private RandomScenario(Random random) {
    this.random = random;
    this.grid = oneOf(1, 1, 10, 50, 250);
    this.options = options();
  }

  static Map<String, Object> draw(Random random) {
    return new RandomScenario(random).scenario();
  }

  /** The same, of addresses that earlier races learnt about. */
  static Map<String, Object> drawWithHistory(Random random) {
    RandomScenario drawn = new RandomScenario(random);
    Map<String, Object> scenario = drawn.scenario();
    scenario.put("history", drawn.history());
    return scenario;
  }

  private Map<String, Object> scenario() {
    Map<String, Object> scenario = new LinkedHashMap<>();
    scenario.put("options", options);
    List<String> addresses = new ArrayList<>(ADDRESSES.subList(0, random.nextInt(9)));
    if (random.nextInt(3) > 0) {
      scenario.put("candidates", addresses);
    } else {
      scenario.put("resolution", resolution(addresses));
    }
    if (random.nextInt(4) == 0) {
      scenario.put("device", device());
    } else {
      Map<String, Object> network = new LinkedHashMap<>();
      addresses.forEach(address -> network.put(address, encounters()));
      scenario.put("network", network);
    }
    if (random.nextInt(10) == 0) {
      scenario.put("cancel-at", time(2000));
    }
    return scenario;
  }

  private Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("connection-racing", oneOf("none", "first-wins", "last-wins", "hybrid"));
    maybe(options, "max-parallel-connections", oneOf(1, 2, 3, 4, 6, 16));
    maybe(options, "racing-delay-ms", oneOf(10, 20, 50, 100, 150, 250, 333, 1000, 2000));
    options.put("allow-short-delay", true);
    if (random.nextInt(4) == 0) {
      options.put("racing-delay-multiplier", oneOf(1, 2, 3, 10));
    }
    maybe(options, "racing-timeout-ms", oneOf(1, 100, 750, 1000, 1001, 2000, 3333, 5000));
    maybe(options, "resolution-delay-ms", oneOf(0, 10, 50, 250, 2000));
    maybe(options, "redial", random.nextBoolean());
    maybe(options, "renewal", random.nextBoolean());
    maybe(options, "preferred-address-family-count", oneOf(1, 2, 3));
    return options;
  }

  private Map<String, Object> history() {
    if (random.nextInt(3) == 0) {
      options.put("racing-delay-ms", "auto");
    }
    if (random.nextInt(10) == 0) {
      options.put("history", false);
    }
    Map<String, Object> history = new LinkedHashMap<>();
    for (String address : ADDRESSES) {
      if (random.nextInt(3) > 0) {
        history.put(address, experience());
      }
    }
    return history;
  }

  private Map<String, Object> experience() {
    Map<String, Object> experience = new LinkedHashMap<>();
    experience.put("smoothed", time(oneOf(20, 300, 1000)));
    experience.put("deviation", time(oneOf(20, 300)));
    maybe(experience, "percentile95", time(oneOf(300, 3000)));
    return experience;
  }

  private void maybe(Map<String, Object> options, String name, Object value) {
    if (random.nextInt(2) == 0) {
      options.put(name, value);
    }
  }

  private List<Object> resolution(List<String> addresses) {
    List<Object> answers = new ArrayList<>();
    for (String family : List.of("ipv6", "ipv4")) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("at", time(400));
      answer.put("family", family);
      answer.put(
          "addresses",
          addresses.stream().filter(a -> a.contains(":") == family.equals("ipv6")).toList());
      answers.add(random.nextInt(answers.size() + 1), answer);
    }
    return answers;
  }

  private Map<String, Object> device() {
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("limit", 1 + random.nextInt(3));
    device.put("policy", oneOf("drop-oldest", "reject-new", "silent"));
    device.put("connect", time(60));
    device.put("answer", time(oneOf(50, 600, 2000)));
    return device;
  }

  private List<Object> encounters() {
    List<Object> encounters = new ArrayList<>();
    IntStream.rangeClosed(0, random.nextInt(4)).forEach(i -> encounters.add(encounter()));
    return encounters;
  }

  private Map<String, Object> encounter() {
    Map<String, Object> encounter = new LinkedHashMap<>();
    int within = oneOf(20, 300, 2000);
    int connect = time(within);
    if (random.nextInt(2) == 0) {
      encounter.put("connect", connect);
    }
    switch (random.nextInt(6)) {
      case 0 -> encounter.put("never", true);
      case 1, 2 -> {
        encounter.put("fail", encounter.containsKey("connect") ? connect + time(200) : connect);
        encounter.put("cause", CAUSES.get(random.nextInt(CAUSES.size())));
      }
      case 3 -> encounter.put("closed", connect + time(200));
      case 4 -> {
        encounter.put("ready", connect + time(200));
        encounter.put("closed", connect + 200 + time(400));
      }
      default -> encounter.put("ready", connect + time(200));
    }
    return encounter;
  }

  private int time(int below) {
    return random.nextInt(below / grid + 1) * grid;
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
