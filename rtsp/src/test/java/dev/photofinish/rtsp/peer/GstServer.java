package dev.photofinish.rtsp.peer;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.camera.lab.ServerPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A script of the test resources that serves by GStreamer's RTSP server, on a free port. */
final class GstServer implements AutoCloseable {
  private final int port;
  private final Process server;
  private final BufferedReader said;

  /**
   * Starts it, and waits until it serves; a machine without GStreamer's server skips the test.
   *
   * @param folder for its log
   */
  GstServer(String script, Path folder) throws IOException {
    this(script, folder, ServerPort.choose());
  }

  /** As above, on this port. */
  GstServer(String script, Path folder, int port) throws IOException {
    this.port = port;
    String file = Path.of("src/test/resources", script).toAbsolutePath().toString();
    server =
        new ProcessBuilder("/usr/bin/python3", file, String.valueOf(port))
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    Needs.that(
        "ready".equals(line())
            ? Optional.empty()
            : Optional.of("no GStreamer RTSP server for Python"),
        Assumptions::abort);
  }

  int port() {
    return port;
  }

  /** The next line that it prints; null if it has ended. */
  @Nullable String line() throws IOException {
    return said.readLine();
  }

  /** Ends it, and waits until its port is free again. */
  @Override
  public void close() throws IOException {
    server.destroy();
    try {
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    said.close();
  }
}
