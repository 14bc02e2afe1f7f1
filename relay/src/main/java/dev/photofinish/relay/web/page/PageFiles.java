package dev.photofinish.relay.web.page;

import dev.photofinish.relay.web.access.Right;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.http.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of the page: a fixed table of resources, read once. Nothing else is ever served. */
public final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of("html", HTML, "css", "text/css; charset=utf-8", "js", SCRIPT, "svg", "image/svg+xml");
  private static final List<String> FILES =
      List.of(
          "style.css",
          "camera.css",
          "icon.svg",
          "app.js",
          "add.js",
          "ask.js",
          "camera.js",
          "dom.js",
          "format.js",
          "outages.js",
          "player.js",
          "races.js",
          "recordings.js",
          "source.js",
          "state.js",
          "store.js",
          "tiles.js");

  private PageFiles() {}

  /**
   * A route for each file of the page.
   *
   * @throws UncheckedIOException where a file is missing, which no whole jar has
   */
  public static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(file("/", "index.html"));
    for (String name : FILES) {
      routes.add(file("/" + name, name));
    }
    return routes;
  }

  private static Route file(String path, String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    Response response =
        Response.ok(String.valueOf(type), read(name))
            .with(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    return Route.get(path, Right.NONE, exchange -> exchange.reply(response));
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the page's file " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
