package dev.photofinish.relay.web.api;

import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import dev.photofinish.relay.web.state.SavedChanges;
import dev.photofinish.rtsp.client.Camera;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON API, and the events that a page lives on. */
public final class ApiRoutes implements AutoCloseable {
  private static final String DESCRIPTION = "openapi.json";

  /** Cameras whose figures are sent at each {@link #tick}. */
  private static final int CAMERAS_A_TICK = 20;

  private final Cameras cameras;
  private final Predicate<String> recording;
  private final SavedChanges changes;
  private final Histories histories;
  private final EventStreams pages = new EventStreams();
  private final Response description = description();
  private int next;

  /**
   * Listens to the cameras until {@link #close}.
   *
   * @param recording whether a camera of this name is being recorded
   * @param changes keeps what is changed here
   */
  public ApiRoutes(
      Cameras cameras, Clock clock, Predicate<String> recording, SavedChanges changes) {
    this.changes = changes;
    this.cameras = cameras;
    this.recording = recording;
    this.histories = new Histories(clock, new Sender());
    cameras.addListener(histories);
    cameras.cameras().forEach(histories::start);
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/openapi.json", Right.NONE, exchange -> exchange.reply(description)),
        Route.get("/api/rights", Right.VIEW, this::rights),
        Route.get("/api/cameras", Right.VIEW, this::list),
        new Route(HttpMethod.POST, "/api/cameras", Right.MANAGE, false, this::add),
        Route.get("/api/cameras/{name}", Right.VIEW, this::one),
        new Route(HttpMethod.PUT, "/api/cameras/{name}", Right.MANAGE, false, this::replace),
        new Route(HttpMethod.PATCH, "/api/cameras/{name}", Right.MANAGE, false, this::change),
        new Route(HttpMethod.DELETE, "/api/cameras/{name}", Right.MANAGE, false, this::remove),
        Route.get(
            "/api/cameras/{name}/races",
            Right.VIEW,
            past(
                history ->
                    Map.of("races", history.races().stream().map(CameraJson::race).toList()))),
        Route.get("/api/cameras/{name}/outages", Right.VIEW, past(CameraJson::outages)),
        Route.get(
            "/api/cameras/{name}/log",
            Right.VIEW,
            past(
                history ->
                    Map.of("lines", history.lines().stream().map(CameraJson::line).toList()))),
        Route.get(
            "/events",
            Right.VIEW,
            exchange -> pages.open(exchange, () -> names(exchange), () -> everything(exchange))));
  }

  private static Response description() {
    try (InputStream in = ApiRoutes.class.getResourceAsStream(DESCRIPTION)) {
      if (in == null) {
        throw new IOException(DESCRIPTION + " is missing");
      }
      return Response.json(HttpResponseStatus.OK, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list(Exchange exchange) {
    exchange.reply(Json.response(HttpResponseStatus.OK, Map.of("cameras", all(exchange))));
  }

  private List<Map<String, @Nullable Object>> all(Exchange exchange) {
    return seen(exchange).map(this::map).toList();
  }

  private Stream<RelayedCamera> seen(Exchange exchange) {
    return cameras.cameras().stream().filter(camera -> exchange.grants().sees(camera.name()));
  }

  private void rights(Exchange exchange) {
    exchange.reply(
        Json.response(HttpResponseStatus.OK, RightsJson.of(exchange.grants(), names(exchange))));
  }

  private List<String> names(Exchange exchange) {
    return seen(exchange).map(RelayedCamera::name).toList();
  }

  private Map<String, @Nullable Object> map(RelayedCamera camera) {
    Map<String, @Nullable Object> map = CameraJson.camera(camera, histories.of(camera.name()));
    map.put("recording", recording.test(camera.name()));
    return map;
  }

  /** Something about a camera is other than the pages know. */
  public void changed(RelayedCamera camera) {
    if (!pages.isEmpty()) {
      pages.send(camera.name(), EventStreams.event("camera", map(camera)));
    }
  }

  /**
   * The camera that the path names.
   *
   * @throws RefusedException where there is none
   */
  public RelayedCamera camera(Exchange exchange) {
    return cameras
        .camera(exchange.name("name"))
        .orElseThrow(() -> RefusedException.notFound("There is no camera of this name."));
  }

  private void one(Exchange exchange) {
    exchange.reply(Json.response(HttpResponseStatus.OK, map(camera(exchange))));
  }

  private Route.Handler past(Function<CameraHistory, Map<String, Object>> items) {
    return exchange -> {
      CameraHistory history = histories.of(camera(exchange).name());
      exchange.reply(Json.response(HttpResponseStatus.OK, items.apply(history)));
    };
  }

  private void add(Exchange exchange) {
    CameraForm form = CameraForm.of(exchange, List.of());
    RelayedCamera added = cameras.add(form.name(), form.camera(), form.relayOptions());
    changes.added(form.name(), form.saved());
    exchange.reply(Json.response(HttpResponseStatus.CREATED, map(added)));
  }

  /** All that the body does not say has its default. */
  private void replace(Exchange exchange) {
    CameraForm form = CameraForm.of(exchange, List.of());
    set(exchange, form, form.camera(), form.relayOptions());
    changes.replaced(exchange.name("name"), form.saved());
    one(exchange);
  }

  /** All that the body does not say stays. */
  private void change(Exchange exchange) {
    RelayedCamera present = camera(exchange);
    CameraForm form = CameraForm.of(exchange, List.of());
    set(exchange, form, form.change(present.camera()), form.change(present.options()));
    changes.changed(present.name(), form.url(), form.options());
    one(exchange);
  }

  private void set(
      Exchange exchange, CameraForm form, Camera camera, RelayedCameraOptions options) {
    String name = exchange.name("name");
    form.checkName(name);
    if (!cameras.change(name, camera, options)) {
      throw RefusedException.notFound("There is no camera of this name.");
    }
  }

  private void remove(Exchange exchange) {
    String name = exchange.name("name");
    if (!cameras.remove(name)) {
      throw RefusedException.notFound("There is no camera of this name.");
    }
    changes.removed(name);
    exchange.reply(Response.empty(HttpResponseStatus.NO_CONTENT));
  }

  private String everything(Exchange exchange) {
    return "retry: 2000\n" + EventStreams.event("cameras", all(exchange));
  }

  /** Sends figures that change all the time to the pages; called about once a second. */
  public void tick() {
    if (pages.isEmpty()) {
      return;
    }
    pages.closeStuck(System.nanoTime());
    List<RelayedCamera> all = cameras.cameras();
    for (int i = 0; i < Math.min(CAMERAS_A_TICK, all.size()); i++) {
      RelayedCamera camera = all.get(next++ % all.size());
      pages.send(camera.name(), EventStreams.event("figures", List.of(map(camera))));
    }
    next = all.isEmpty() ? 0 : next % all.size();
  }

  @Override
  public void close() {
    cameras.removeListener(histories);
    pages.sayFarewell();
  }

  /** Sends what is reported to the pages. */
  private final class Sender implements Histories.HistoryListener {
    @Override
    public void changed(RelayedCamera camera) {
      ApiRoutes.this.changed(camera);
    }

    @Override
    public void removed(String camera) {
      pages.sendRemoved(camera);
    }

    @Override
    public void line(String camera, CameraHistory.LogLine line) {
      send("line", camera, CameraJson.line(line));
    }

    @Override
    public void race(String camera, CameraHistory.Race race) {
      send("race", camera, CameraJson.race(race));
    }

    private void send(String event, String camera, Map<String, ?> item) {
      if (!pages.isEmpty()) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(item);
        map.put("camera", camera);
        pages.send(camera, EventStreams.event(event, map));
      }
    }
  }
}
