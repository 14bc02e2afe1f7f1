package dev.photofinish.fleet.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.photofinish.fleet.FleetNode;
import dev.photofinish.race.address.Addresses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Serves the page, the API, the health and the metrics of a node. It has no logins: on the loopback
 * it is for the programs of this machine, and a browser's pages of other sites are refused.
 */
public final class FleetServer implements AutoCloseable {
  /** A request that changes something has it; a page of another site cannot send it. */
  public static final String HEADER = "X-Photofinish";

  private static final String JSON = "application/json";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final int THREADS = 2;

  private final FleetNode node;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private record Answer(int status, String type, String body) {}

  private FleetServer(FleetNode node, InetSocketAddress at) throws IOException {
    this.node = node;
    server = HttpServer.create(at, 0);
    server.setExecutor(threads);
    get("/", path -> FleetPage.find(path).map(FleetServer::file).orElseGet(FleetServer::notFound));
    get("/api/fleet", path -> new Answer(200, JSON, FleetJson.of(node)));
    get("/metrics", path -> new Answer(200, METRICS, FleetMetrics.of(node)));
    get("/health", path -> health(!node.ended().toCompletableFuture().isDone()));
    get("/ready", path -> health(node.isUp()));
    post("/api/fleet/move/", this::move);
    post("/api/fleet/drain/", this::drain);
  }

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be listened at
   */
  public static FleetServer start(FleetNode node, InetSocketAddress at) throws IOException {
    FleetServer started = new FleetServer(node, at);
    started.server.start();
    node.servesPageAt("http://" + Addresses.text(started.address()) + "/");
    return started;
  }

  /** The address that it listens at, with the port that was chosen. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void get(String path, Function<String, Answer> answer) {
    server.createContext(path, exchange -> answer(exchange, "GET", answer));
  }

  private void post(String path, Function<String, Answer> answer) {
    server.createContext(
        path, exchange -> answer(exchange, "POST", p -> answer.apply(p.substring(path.length()))));
  }

  private static void answer(
      HttpExchange exchange, String method, Function<String, Answer> answering) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange, answering, method);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Content-Security-Policy", FleetPage.POLICY);
      exchange.sendResponseHeaders(answer.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static Answer answer(
      HttpExchange exchange, Function<String, Answer> answering, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      return new Answer(405, "text/plain", "expected " + method + "\n");
    }
    boolean changes = method.equals("POST");
    if (!isOfThisSite(exchange, changes)) {
      return new Answer(403, "text/plain", "not from this site\n");
    }
    return answering.apply(exchange.getRequestURI().getPath());
  }

  /** A name that is not ours may be another site's that was pointed here. */
  private static boolean isOfThisSite(HttpExchange exchange, boolean changes) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
    boolean isAddress = name.equals("localhost") || name.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]");
    return isAddress && (!changes || exchange.getRequestHeaders().containsKey(HEADER));
  }

  private static Answer health(boolean well) {
    return new Answer(well ? 200 : 503, "text/plain", well ? "ok\n" : "not in the fleet\n");
  }

  private static Answer file(FleetPage.File file) {
    return new Answer(200, file.type(), file.text());
  }

  private static Answer notFound() {
    return new Answer(404, "text/plain", "not found\n");
  }

  /** {@code CAMERA/NODE}. */
  private Answer move(String words) {
    int end = words.indexOf('/');
    boolean known = end > 0 && node.move(words.substring(0, end), words.substring(end + 1));
    return known
        ? new Answer(202, JSON, "{}")
        : new Answer(404, "text/plain", "no such camera, or no such node\n");
  }

  private Answer drain(String name) {
    return node.drain(name)
        ? new Answer(202, JSON, "{}")
        : new Answer(404, "text/plain", "no such node\n");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
