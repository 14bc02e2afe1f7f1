package dev.photofinish.relay.web.api;

import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The addresses for those who watch over the process: {@code /health}, {@code /ready}, metrics. */
public final class HealthRoutes {
  private HealthRoutes() {}

  /**
   * The routes of what watches the relay itself.
   *
   * @param ready whether the server listens and is not closing
   * @param viewers browsers that show live pictures
   */
  public static List<Route> of(Cameras cameras, BooleanSupplier ready, IntSupplier viewers) {
    return List.of(
        Route.get(
            "/health",
            Right.NONE,
            exchange -> exchange.reply(Response.text(HttpResponseStatus.OK, "alive"))),
        Route.get(
            "/ready",
            Right.NONE,
            exchange ->
                exchange.reply(
                    ready.getAsBoolean()
                        ? Response.text(HttpResponseStatus.OK, "ready")
                        : Response.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "closing"))),
        Route.get(
            "/metrics",
            Right.VIEW,
            exchange -> {
              String text =
                  MetricsText.of(
                      cameras.cameras().stream()
                          .filter(camera -> exchange.grants().sees(camera.name()))
                          .map(RelayedCamera::status)
                          .toList(),
                      viewers.getAsInt());
              exchange.reply(
                  Response.ok(MetricsText.CONTENT_TYPE, text.getBytes(StandardCharsets.UTF_8)));
            }));
  }
}
