package dev.photofinish.benchmarks.network;

import dev.photofinish.connect.Connector;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Who takes part.
 *
 * @param name for a table's row
 * @param enter makes the client for one case
 */
record Entry(String name, Function<Host, Contender> enter) {

  static Map<String, Contender> all(Host host) {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    for (Entry entry : ENTRIES) {
      contenders.put(entry.name, entry.enter.apply(host));
    }
    return contenders;
  }

  private static final Entry[] ENTRIES = {
    photofinish("Photofinish, first-wins", options(Strategy.FIRST_WINS, 250)),
    photofinish("Photofinish, first-wins, delay 100 ms", options(Strategy.FIRST_WINS, 100)),
    photofinish("Photofinish, none", options(Strategy.NONE, 250)),
    new Entry("OkHttp " + okhttp3.OkHttp.VERSION, OkHttp::of),
    new Entry("HttpClient 5, blocking", ApacheBlocking::of),
    new Entry("HttpClient 5, async", ApacheAsync::of),
    new Entry("java.net.Socket", PlainSocket::of),
  };

  private static Entry photofinish(String name, RaceOptions options) {
    return new Entry(name, host -> Photofinish.of(Connector.create(), host, options));
  }

  static RaceOptions options(Strategy strategy, long delayMillis) {
    return RaceOptions.builder()
        .connectionRacing(strategy)
        .racingDelay(Duration.ofMillis(delayMillis))
        .racingTimeout(Duration.ofMillis(Contender.LIMIT_MILLIS))
        .build();
  }
}
