package dev.photofinish.relay.web;

import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.hls.HlsRoute;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.Route;
import dev.photofinish.relay.web.live.LiveSocket;
import dev.photofinish.relay.web.live.LiveStreams;
import dev.photofinish.relay.web.live.SnapshotRoute;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The pictures of each camera: live, as HLS, and as a snapshot. */
final class PictureRoutes implements AutoCloseable {
  private final LiveStreams live = new LiveStreams();
  private final HlsRoute hls = new HlsRoute(live, System::nanoTime);
  private final ExecutorService decoders =
      Workers.of("photofinish-snapshots", 1, Integer.MAX_VALUE);
  private final Function<Exchange, RelayedCamera> camera;

  /**
   * @param camera finds the camera that the path names, or refuses
   */
  PictureRoutes(Function<Exchange, RelayedCamera> camera) {
    this.camera = camera;
  }

  List<Route> routes() {
    SnapshotRoute snapshots = new SnapshotRoute(decoders);
    return List.of(
        Route.webSocket("/cameras/{name}/live", Right.VIEW, this::live),
        of("hls/{file}", hls::answer),
        of("snapshot.jpg", snapshots::answer));
  }

  private Route of(String path, BiConsumer<Exchange, Source> answer) {
    return Route.get(
        "/cameras/{name}/" + path,
        Right.VIEW,
        exchange -> answer.accept(exchange, camera.apply(exchange).source()));
  }

  private void live(Exchange exchange) {
    Source source = camera.apply(exchange).source();
    boolean audio = exchange.parameter("audio").filter("1"::equals).isPresent();
    exchange.upgrade(new LiveSocket(live, source, audio));
  }

  /** Browsers that show live pictures. */
  int viewers() {
    return live.viewers();
  }

  /** Called about once a second. */
  void tick() {
    hls.tick();
  }

  @Override
  public void close() {
    hls.close();
    decoders.shutdownNow();
  }
}
