package dev.photofinish.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.junit.SimulatedCameraExtension;
import dev.photofinish.camera.net.BadServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every program runs and prints what it promises. {@code race.test} has two addresses, of which the
 * first is dead.
 */
@Timeout(120)
@ExtendWith(SimulatedCameraExtension.class)
class ExamplesTest {

  /** The output of a program, by its class so that one in another language is not compiled here. */
  private static String run(String program, String... arguments) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(output, true, UTF_8));
    try {
      Class.forName("dev.photofinish.examples." + program)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return output.toString(UTF_8);
  }

  private static boolean hasCoroutines() {
    try {
      return Class.forName("kotlinx.coroutines.BuildersKt") != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static HttpServer start(String address, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "photo finish".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void packets(SimulatedCamera camera) throws Exception {
    assertThat(run("Packets", camera.url(), "5"))
        .contains("video H264: sequence number")
        .contains("state=PLAYING");
    assertThat(camera.report().requests("TEARDOWN")).isEqualTo(1);
  }

  @Test
  void frames(SimulatedCamera camera) throws Exception {
    assertThat(run("Frames", camera.url(), "5").lines())
        .hasSize(5)
        .allMatch(line -> line.endsWith(" bytes"))
        .anyMatch(line -> line.contains(": H264 key frame, "));
  }

  @Test
  void recordCamera(SimulatedCamera camera, @TempDir Path folder) throws Exception {
    assertThat(run("RecordCamera", camera.url(), folder.toString(), "10")).contains(".mp4: ");
    assertThat(folder.resolve("index.m3u8")).exists();
  }

  @Test
  @EnabledOnOs(
      architectures = "amd64",
      disabledReason = "the build brings FFmpeg's libraries for this platform")
  void takeSnapshot(SimulatedCamera camera, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("door.jpg");
    run("TakeSnapshot", camera.url(), file.toString());
    assertThat(Files.readAllBytes(file)).startsWith(0xff, 0xd8);
  }

  @Test
  void severalCameras(SimulatedCamera front, SimulatedCamera yard) throws Exception {
    try (BadServer nobody = BadServer.refuse("127.0.0.1")) {
      String dead = "rtsp://127.0.0.1:" + nobody.address().getPort() + "/";
      assertThat(run("SeveralCameras", "100", front.url(), dead, yard.url()))
          .contains("CONNECTING -> PLAYING")
          .contains(dead + " is CONNECTING, 0 packets");
    }
  }

  @Test
  void okHttpClientThatRaces() throws Exception {
    try (BadServer first = BadServer.refuse("127.1.1.1")) {
      int port = first.address().getPort();
      HttpServer server = start("127.1.1.2", port);
      try {
        assertThat(run("OkHttpClientThatRaces", "http://race.test:" + port + "/"))
            .contains("won by attempt 2 to 127.1.1.2:" + port)
            .contains("200 photo finish");
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void jdbcThatRaces() throws Exception {
    try (BadServer first = BadServer.refuse("127.1.1.1");
        FakePostgres server = new FakePostgres("127.1.1.2", first.address().getPort())) {
      String url = "jdbc:postgresql://race.test:" + server.port() + "/races?preferQueryMode=simple";
      assertThat(run("JdbcThatRaces", url, "me", "secret", "select 42"))
          .isEqualToIgnoringNewLines("42");
    }
  }

  @Test
  void nettyThatRaces() throws Exception {
    HttpServer server = start("127.0.0.1", 0);
    try {
      String port = String.valueOf(server.getAddress().getPort());
      assertThat(run("NettyThatRaces", "localhost", port))
          .contains("connected to localhost/127.0.0.1:" + port)
          .contains("HTTP/1.1 200 OK")
          .endsWith("photo finish");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void metrics(SimulatedCamera camera) throws Exception {
    assertThat(run("Metrics", camera.url(), "20"))
        .contains("photofinish.packets")
        .contains("tag(camera=front-door)");
  }

  @Test
  void coroutines(SimulatedCamera front, SimulatedCamera yard) throws Exception {
    assumeTrue(hasCoroutines(), "Kotlin is compiled by mvn -Pkotlin only");
    assertThat(run("CoroutinesKt", front.url(), yard.url()))
        .contains(yard.url() + " plays [H264")
        .contains(front.url() + " is PLAYING");
  }
}
