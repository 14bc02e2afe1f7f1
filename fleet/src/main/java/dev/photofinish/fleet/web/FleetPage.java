package dev.photofinish.fleet.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The files of the page, by path; all of them are read when the first is asked for. */
final class FleetPage {
  /** Nothing but the page's own files; what a camera's name says is text. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, File> FILES =
      Map.of(
          "/", read("fleet.html", "text/html; charset=utf-8"),
          "/fleet.css", read("fleet.css", "text/css; charset=utf-8"),
          "/fleet.js", read("fleet.js", "text/javascript; charset=utf-8"));

  /** One of them. */
  record File(String type, String text) {}

  private FleetPage() {}

  static Optional<File> find(String path) {
    return Optional.ofNullable(FILES.get(path));
  }

  private static File read(String name, String type) {
    try (InputStream file = FleetPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException(name + " is not in the jar");
      }
      return new File(type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
