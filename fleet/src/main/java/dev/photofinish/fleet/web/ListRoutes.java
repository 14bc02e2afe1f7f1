package dev.photofinish.fleet.web;

import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.fleet.hold.ListUnavailableException;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.api.CameraForm;
import dev.photofinish.relay.web.api.Json;
import dev.photofinish.relay.web.api.RightsJson;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The list of cameras: the addresses and bodies of a relay's API, for the cameras of the whole
 * fleet, at any node. A change is answered when a majority of the nodes has it, or with 202 where
 * that many are not reached.
 */
final class ListRoutes {
  private static final String SITE = "site";
  private static final String ZONES = "zones";
  private static final List<String> PLACE = List.of(SITE, ZONES);

  /** They go with the addresses that they are for. */
  private static final List<String> CREDENTIALS = List.of("user", "password");

  private final FleetNode node;

  ListRoutes(FleetNode node) {
    this.node = node;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/rights", Right.VIEW, this::rights),
        Route.get("/api/cameras", Right.VIEW, this::all),
        new Route(HttpMethod.POST, "/api/cameras", Right.MANAGE, false, this::add),
        Route.get("/api/cameras/{name}", Right.VIEW, this::one),
        new Route(HttpMethod.PUT, "/api/cameras/{name}", Right.MANAGE, false, this::replace),
        new Route(HttpMethod.PATCH, "/api/cameras/{name}", Right.MANAGE, false, this::change),
        new Route(HttpMethod.DELETE, "/api/cameras/{name}", Right.MANAGE, false, this::remove));
  }

  // ---- What is listed

  private List<String> seen(Exchange exchange) {
    return node.cameras().keySet().stream().filter(exchange.grants()::sees).toList();
  }

  private void rights(Exchange exchange) {
    exchange.reply(
        Json.response(HttpResponseStatus.OK, RightsJson.of(exchange.grants(), seen(exchange))));
  }

  private void all(Exchange exchange) {
    CameraTable list = node.list();
    Map<String, FleetView.Held> holders = node.view().holders();
    List<?> cameras =
        seen(exchange).stream()
            .map(name -> ListedJson.of(list, name, holders.get(name), exchange.grants()))
            .toList();
    exchange.reply(Json.response(HttpResponseStatus.OK, Map.of("cameras", cameras)));
  }

  private void one(Exchange exchange) {
    String name = exchange.name("name");
    if (node.list().camera(name).isEmpty()) {
      throw unknown();
    }
    exchange.reply(response(exchange, HttpResponseStatus.OK, name));
  }

  private Response response(Exchange exchange, HttpResponseStatus status, String name) {
    FleetView.@Nullable Held held = node.view().holder(name).orElse(null);
    Map<String, @Nullable Object> camera =
        node.list().camera(name).isEmpty()
            ? new LinkedHashMap<>() // it was removed meanwhile
            : ListedJson.of(node.list(), name, held, exchange.grants());
    return Json.response(status, camera);
  }

  private static RefusedException unknown() {
    return RefusedException.notFound("There is no camera of this name.");
  }

  // ---- Changes

  private void add(Exchange exchange) {
    CameraForm form = CameraForm.of(exchange, PLACE);
    String name = form.name();
    Relay.checkName(name);
    FleetCamera camera = camera(form, name);
    checkLetGo(camera);
    set(
        exchange,
        name,
        HttpResponseStatus.CREATED,
        present -> {
          if (present.isPresent()) {
            throw new InvalidOptionException("name", name, "one that no camera has yet");
          }
          return Optional.of(camera);
        });
  }

  /** The holder of a camera that was removed may not have let it go yet. */
  private void checkLetGo(FleetCamera camera) {
    String shard = Shards.shard(camera.entity());
    node.view()
        .holder(camera.name())
        .filter(held -> !held.holding().shard().equals(shard))
        .ifPresent(
            held -> {
              throw new RefusedException(
                  HttpResponseStatus.CONFLICT,
                  held.node().node() + " still holds the camera at another site; ask again soon.");
            });
  }

  /** All that the body does not say has its default. */
  private void replace(Exchange exchange) {
    String name = exchange.name("name");
    CameraForm form = CameraForm.of(exchange, PLACE);
    form.checkName(name);
    FleetCamera camera = camera(form, name);
    set(
        exchange,
        name,
        HttpResponseStatus.OK,
        present -> Optional.of(present.map(old -> camera).orElseThrow(ListRoutes::unknown)));
  }

  private static FleetCamera camera(CameraForm form, String name) {
    return new FleetCamera(
            name,
            form.text("url"),
            form.has(SITE) ? form.text(SITE) : "",
            form.has(ZONES) ? form.texts(ZONES) : List.of(),
            form.options())
        .checked();
  }

  /** All that the body does not say stays; an option that is null there has its default again. */
  private void change(Exchange exchange) {
    String name = exchange.name("name");
    CameraForm form = CameraForm.of(exchange, PLACE);
    form.checkName(name);
    set(
        exchange,
        name,
        HttpResponseStatus.OK,
        present -> Optional.of(changed(present.orElseThrow(ListRoutes::unknown), form)));
  }

  private static FleetCamera changed(FleetCamera present, CameraForm form) {
    Map<String, String> options = new TreeMap<>(present.options());
    if (form.url().isPresent()) {
      options.keySet().removeAll(CREDENTIALS);
    }
    options.putAll(form.options());
    options.keySet().removeAll(form.clearedOptions());
    return new FleetCamera(
            present.name(),
            form.url().orElse(present.url()),
            form.has(SITE) ? form.text(SITE) : present.site(),
            form.has(ZONES) ? form.texts(ZONES) : present.zones(),
            options)
        .checked();
  }

  private void set(
      Exchange exchange,
      String name,
      HttpResponseStatus done,
      UnaryOperator<Optional<FleetCamera>> change) {
    answer(
        exchange,
        node.change(name, change),
        atMajority -> response(exchange, atMajority ? done : HttpResponseStatus.ACCEPTED, name));
  }

  private void remove(Exchange exchange) {
    CompletionStage<Boolean> removed =
        node.change(
            exchange.name("name"),
            present -> {
              if (present.isEmpty()) {
                throw unknown();
              }
              return Optional.empty();
            });
    answer(
        exchange,
        removed,
        atMajority ->
            Response.empty(
                atMajority ? HttpResponseStatus.NO_CONTENT : HttpResponseStatus.ACCEPTED));
  }

  /** Answers a change. */
  private interface Answer {
    /**
     * @param atMajority whether a majority of the nodes has the change
     */
    Response of(boolean atMajority);
  }

  private static void answer(Exchange exchange, CompletionStage<Boolean> change, Answer answer) {
    var unused =
        change.whenComplete(
            (atMajority, failure) -> {
              try {
                if (failure == null) {
                  exchange.reply(answer.of(atMajority));
                } else {
                  exchange.fail(refused(failure));
                }
              } catch (RuntimeException e) {
                exchange.fail(e);
              }
            });
  }

  private static Throwable refused(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof CameraTable.SiteChangedException) {
      return new RefusedException(HttpResponseStatus.CONFLICT, String.valueOf(cause.getMessage()));
    }
    return cause instanceof ListUnavailableException
        ? new RefusedException(
            HttpResponseStatus.SERVICE_UNAVAILABLE, String.valueOf(cause.getMessage()))
        : cause;
  }
}
