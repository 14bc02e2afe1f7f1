package dev.photofinish.fleet.web;

import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.api.Json;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fleet as a node sees it, what it can be asked to do with it, and its health. */
final class FleetRoutes {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String KEEPS =
      "No other node takes cameras: it keeps its own until one does, or until it ends.";

  private final FleetNode node;

  FleetRoutes(FleetNode node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/fleet", Right.VIEW, this::fleet),
        Route.get("/metrics", Right.VIEW, this::metrics),
        Route.get(
            "/health",
            Right.NONE,
            exchange -> health(exchange, !node.ended().toCompletableFuture().isDone())),
        Route.get("/ready", Right.NONE, exchange -> health(exchange, node.isUp())),
        new Route(
            HttpMethod.POST, "/api/fleet/move/{name}/{node}", Right.MANAGE, false, this::move),
        new Route(HttpMethod.POST, "/api/fleet/drain/{node}", Right.MANAGE, false, this::drain));
  }

  private void fleet(Exchange exchange) {
    exchange.reply(
        Json.response(HttpResponseStatus.OK, FleetJson.of(node, exchange.grants()::sees)));
  }

  private void metrics(Exchange exchange) {
    byte[] text = FleetMetrics.of(node).getBytes(StandardCharsets.UTF_8);
    exchange.reply(Response.ok(METRICS, text));
  }

  private static void health(Exchange exchange, boolean well) {
    exchange.reply(
        well
            ? Response.text(HttpResponseStatus.OK, "ok")
            : Response.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "not in the fleet"));
  }

  private void move(Exchange exchange) {
    String camera = exchange.name("name");
    String to = exchange.name("node");
    checkSite(camera, exchange.grants());
    FleetCamera moved = node.cameras().get(camera);
    if (moved == null) {
      throw new RefusedException(HttpResponseStatus.NOT_FOUND, "There is no such camera.");
    }
    Optional<String> reason = node.view().whyNot(moved, to);
    if (reason.isPresent()) {
      boolean isKnown = node.view().reports().containsKey(to);
      throw new RefusedException(
          isKnown ? HttpResponseStatus.CONFLICT : HttpResponseStatus.NOT_FOUND, reason.get());
    }
    node.move(camera, to);
    exchange.reply(Json.response(HttpResponseStatus.ACCEPTED, Map.of()));
  }

  /** A site moves as a whole. */
  private void checkSite(String camera, Grants grants) {
    Map<String, FleetCamera> cameras = node.cameras();
    FleetCamera moved = cameras.get(camera);
    String shard = moved == null ? "" : Shards.shard(moved.entity());
    boolean mayAll =
        cameras.values().stream()
            .filter(other -> !other.site().isEmpty() && Shards.shard(other.entity()).equals(shard))
            .allMatch(other -> grants.has(Right.MANAGE, Optional.of(other.name())));
    if (!mayAll) {
      throw new RefusedException(
          HttpResponseStatus.FORBIDDEN,
          "A site moves as a whole, and this user may not manage all of its cameras.");
    }
  }

  private void drain(Exchange exchange) {
    String drained = exchange.name("node");
    FleetView view = node.view();
    boolean canTake = view.canTake(drained);
    if (!node.drain(drained)) {
      throw view.unreachable().containsKey(drained)
          ? new RefusedException(
              HttpResponseStatus.CONFLICT, "That node cannot be reached at the moment.")
          : new RefusedException(HttpResponseStatus.NOT_FOUND, "There is no such node.");
    }
    exchange.reply(
        Json.response(HttpResponseStatus.ACCEPTED, canTake ? Map.of() : Map.of("note", KEEPS)));
  }
}
