package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.board.NodeReport;
import dev.photofinish.fleet.web.FleetServer;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Nodes in this process, on the loopback, with short times. */
public final class TestFleet implements AutoCloseable {
  public static final Duration BOUND = Duration.ofSeconds(60);

  /** A node ends that stood still for longer: no node is lost here, but machines are busy. */
  private static final Duration STABLE_AFTER = Duration.ofSeconds(10);

  /** Nodes of one process hear of each other soon. */
  private static final Map<String, Object> SHORT =
      Map.of(
          "pekko.cluster.seed-node-timeout", "300ms",
          "pekko.cluster.gossip-interval", "100ms",
          "pekko.cluster.leader-actions-interval", "100ms",
          "pekko.cluster.unreachable-nodes-reaper-interval", "100ms",
          "pekko.cluster.failure-detector.heartbeat-interval", "200ms",
          "pekko.cluster.failure-detector.acceptable-heartbeat-pause", "5s",
          "pekko.cluster.distributed-data.gossip-interval", "100ms",
          "pekko.cluster.sharding.rebalance-interval", "200ms",
          "pekko.cluster.sharding.retry-interval", "200ms",
          "pekko.cluster.sharding.updating-state-timeout", "1s");

  private final List<Node> nodes = new ArrayList<>();

  /** A node with its relay. */
  public record Node(FleetNode node, Relay relay) {
    List<String> held() {
      return Optional.ofNullable(node.view().reports().get(node.name()))
          .map(NodeReport::holdings)
          .orElse(List.of())
          .stream()
          .map(holding -> holding.name())
          .toList();
    }

    /** The server of its page and API, on a free port of the loopback. */
    public FleetServer.Builder server() {
      return FleetServer.builder(node, relay.eventLoops())
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    void close() {
      node.close();
      relay.close();
    }
  }

  /** Sends a request with a body of JSON to a node's server. */
  public static HttpResponse<String> ask(
      FleetServer server, String method, String path, String body) throws Exception {
    URI uri = URI.create("http://" + Addresses.text(server.address()) + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  public Node start() throws IOException {
    return start(options -> options);
  }

  public Node start(UnaryOperator<FleetOptions> with) throws IOException {
    FleetOptions options =
        FleetOptions.defaults()
            .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withJoin(nodes.isEmpty() ? List.of() : List.of(nodes.get(0).node().name()))
            .withStableAfter(STABLE_AFTER)
            .withPekko(SHORT);
    Relay relay = Relay.start();
    Node node = new Node(FleetNode.start(with.apply(options), relay), relay);
    nodes.add(node);
    return node;
  }

  /** Ends one before the others. */
  public void end(Node node) {
    nodes.remove(node);
    node.close();
  }

  /** Waits until all nodes see each other. */
  public void awaitAll() throws InterruptedException {
    await(
        () ->
            nodes.stream()
                .allMatch(
                    n ->
                        n.node().isUp()
                            && n.node().view().reports().keySet().containsAll(names())));
  }

  private List<String> names() {
    return nodes.stream().map(n -> n.node().name()).toList();
  }

  public List<Node> nodes() {
    return nodes;
  }

  /** Waits until a node says that it holds a camera; returns it. */
  public Node awaitHolder(String name) throws InterruptedException {
    await(() -> holder(name).isPresent());
    return holder(name).orElseThrow();
  }

  private Optional<Node> holder(String name) {
    return nodes.stream().filter(n -> n.held().contains(name)).findFirst();
  }

  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(end - System.nanoTime()).as("time left").isPositive();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).close();
    }
  }
}
