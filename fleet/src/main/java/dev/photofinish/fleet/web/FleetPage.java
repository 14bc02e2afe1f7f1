package dev.photofinish.fleet.web;

import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of the page, and the description of the API. */
final class FleetPage {
  private FleetPage() {}

  static List<Route> routes() {
    return List.of(
        file("/", "fleet.html", "text/html; charset=utf-8"),
        file("/fleet.css", "fleet.css", "text/css; charset=utf-8"),
        script("fleet.js"),
        script("table.js"),
        script("edit.js"),
        file("/api/openapi.json", "openapi.json", "application/json"));
  }

  private static Route script(String name) {
    return file("/" + name, name, "text/javascript; charset=utf-8");
  }

  private static Route file(String path, String name, String type) {
    Response response = Response.ok(type, read(name));
    return Route.get(path, Right.NONE, exchange -> exchange.reply(response));
  }

  private static byte[] read(String name) {
    try (InputStream file = FleetPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException(name + " is not in the jar");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
