package dev.photofinish.benchmarks.network;

import dev.photofinish.connect.Connector;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.socket.RacingSocketFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import javax.net.SocketFactory;

/** The clients that are compared. */
public enum ClientKind {
  PHOTOFINISH("Photofinish, first-wins"),
  PHOTOFINISH_100("Photofinish, first-wins, 100 ms"),
  PHOTOFINISH_LEARNT("Photofinish, first-wins, 100 ms, history"),
  PHOTOFINISH_NONE("Photofinish, none"),
  OKHTTP("OkHttp " + okhttp3.OkHttp.VERSION),
  HTTPCLIENT_BLOCKING("HttpClient 5, blocking"),
  HTTPCLIENT_ASYNC("HttpClient 5, async"),
  SOCKET("java.net.Socket"),
  SOCKET_RACING("RacingSocketFactory, 100 ms");

  private final String title;

  ClientKind(String title) {
    this.title = title;
  }

  /** For a table's row. */
  String title() {
    return title;
  }

  /** Makes the client for one host. */
  Client make(Host host) {
    return switch (this) {
      case PHOTOFINISH -> photofinish(host, Strategy.FIRST_WINS, 250);
      case PHOTOFINISH_100 -> photofinish(host, Strategy.FIRST_WINS, 100);
      case PHOTOFINISH_LEARNT ->
          Photofinish.of(
              Connector.builder().limiter(SharedDialLimiter.unlimited()).build(),
              host,
              learnt(Strategy.FIRST_WINS, 100));
      case PHOTOFINISH_NONE -> photofinish(host, Strategy.NONE, 250);
      case OKHTTP -> OkHttp.of(host);
      case HTTPCLIENT_BLOCKING -> ApacheBlocking.of(host);
      case HTTPCLIENT_ASYNC -> ApacheAsync.of(host);
      case SOCKET -> new PlainSocket(SocketFactory.getDefault(), host);
      case SOCKET_RACING ->
          new PlainSocket(
              new RacingSocketFactory(options(Strategy.FIRST_WINS, 100))
                  .limiter(SharedDialLimiter.unlimited()),
              host);
    };
  }

  static Map<ClientKind, Client> all(Host host) {
    Map<ClientKind, Client> clients = new EnumMap<>(ClientKind.class);
    for (ClientKind kind : values()) {
      clients.put(kind, kind.make(host));
    }
    return clients;
  }

  private static Client photofinish(Host host, Strategy strategy, long delayMillis) {
    return Photofinish.of(
        Connector.builder().limiter(SharedDialLimiter.unlimited()).build(),
        host,
        options(strategy, delayMillis));
  }

  /** Every race is the first of its kind, as those of the peers are. */
  static RaceOptions options(Strategy strategy, long delayMillis) {
    return learnt(strategy, delayMillis).toBuilder().history(false).build();
  }

  /** Races learn from those before them. */
  static RaceOptions learnt(Strategy strategy, long delayMillis) {
    return RaceOptions.builder()
        .connectionRacing(strategy)
        .racingDelay(Duration.ofMillis(delayMillis))
        .racingTimeout(Duration.ofMillis(Client.LIMIT_MILLIS))
        .build();
  }
}
