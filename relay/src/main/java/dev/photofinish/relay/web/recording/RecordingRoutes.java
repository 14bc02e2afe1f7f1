package dev.photofinish.relay.web.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import dev.photofinish.relay.web.state.SavedChanges;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starts, stops, lists and serves recordings. The disk is used on threads of its own. */
public final class RecordingRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRESENT = "/api/cameras/{name}/recording";

  private final Recordings recordings;
  private final Executor disk;
  private final Function<Exchange, RelayedCamera> camera;
  private final Consumer<RelayedCamera> changed;
  private final SavedChanges changes;

  /**
   * @param camera finds the camera that the path names, or refuses
   * @param changed takes a camera whose recording began or ended
   * @param changes keeps which cameras are recorded
   */
  public RecordingRoutes(
      Recordings recordings,
      Executor disk,
      Function<Exchange, RelayedCamera> camera,
      Consumer<RelayedCamera> changed,
      SavedChanges changes) {
    this.changes = changes;
    this.recordings = recordings;
    this.disk = disk;
    this.camera = camera;
    this.changed = changed;
  }

  public List<Route> routes() {
    return List.of(
        new Route(HttpMethod.PUT, PRESENT, Right.MANAGE, false, onDisk(this::start)),
        new Route(HttpMethod.DELETE, PRESENT, Right.MANAGE, false, onDisk(this::stop)),
        Route.get("/api/cameras/{name}/recordings", Right.VIEW, onDisk(this::list)),
        Route.get("/cameras/{name}/recordings/{file}", Right.VIEW, onDisk(this::file)));
  }

  /** Work that may wait for the disk. */
  @FunctionalInterface
  private interface Work {
    void run(Exchange exchange, RelayedCamera camera) throws IOException;
  }

  private Route.Handler onDisk(Work work) {
    return exchange -> {
      RelayedCamera of = camera.apply(exchange);
      try {
        disk.execute(() -> run(work, exchange, of));
      } catch (RejectedExecutionException e) {
        throw new RefusedException(
            HttpResponseStatus.SERVICE_UNAVAILABLE, "The disk is busy; ask again later.");
      }
    };
  }

  private static void run(Work work, Exchange exchange, RelayedCamera of) {
    try {
      work.run(exchange, of);
    } catch (IOException | RuntimeException e) {
      exchange.fail(e);
    }
  }

  private void start(Exchange exchange, RelayedCamera of) throws IOException {
    boolean isNew = recordings.start(of);
    changes.recording(of.name(), true);
    changed.accept(of);
    exchange.reply(
        Response.empty(isNew ? HttpResponseStatus.CREATED : HttpResponseStatus.NO_CONTENT));
  }

  private void stop(Exchange exchange, RelayedCamera of) {
    changes.recording(of.name(), false);
    if (!recordings.stop(of.name())) {
      throw RefusedException.notFound("This camera is not being recorded.");
    }
    changed.accept(of);
    exchange.reply(Response.empty(HttpResponseStatus.NO_CONTENT));
  }

  private void list(Exchange exchange, RelayedCamera of) throws IOException {
    ObjectNode list = JSON.createObjectNode();
    list.put("recording", recordings.isRecording(of.name()));
    ArrayNode files = list.putArray("files");
    for (JsonNode file : recordings.files(of.name())) {
      ObjectNode one = files.addObject();
      for (String field : List.of("name", "begin", "seconds", "bytes", "frames")) {
        one.set(field, file.path(field));
      }
    }
    exchange.reply(Response.json(HttpResponseStatus.OK, JSON.writeValueAsBytes(list)));
  }

  private void file(Exchange exchange, RelayedCamera of) throws IOException {
    String name = exchange.name("file");
    Path path =
        recordings
            .file(of.name(), name)
            .orElseThrow(() -> RefusedException.notFound("There is no recording of this name."));
    exchange.file(path, contentType(name));
  }

  private static String contentType(String name) {
    if (name.equals(Recordings.PLAYLIST)) {
      return "application/vnd.apple.mpegurl";
    }
    return name.endsWith(".ts") ? "video/mp2t" : "video/mp4";
  }
}
