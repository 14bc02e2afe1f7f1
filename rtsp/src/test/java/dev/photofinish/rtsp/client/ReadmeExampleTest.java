package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtp.format.Frame;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's Java example is this code, and it runs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReadmeExampleTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/photofinish/rtsp/client");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/photofinish/rtsp/client/ReadmeExampleTest.java");

  private static StreamStatistics watch(String url, int packets) throws Exception {
    // example
    Camera camera =
        Camera.at(url).withRace(RaceOptions.builder().connectionRacing(Strategy.HYBRID).build());
    CountDownLatch received = new CountDownLatch(packets);
    CameraListener listener =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {
            received.countDown();
          }

          @Override
          public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
            System.out.println(from + " -> " + to + ": " + reason);
          }
        };
    try (RtspClient client = new RtspClient();
        CameraStream stream = client.open(camera, listener)) { // waits until it plays
      received.await();
      return stream.statistics();
    } // TEARDOWN, then the connection, then the threads
    // end of example
  }

  @Test
  void runs() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThat(watch(camera.url(), 50).packets()).isGreaterThanOrEqualTo(50);
      assertThat(camera.report().connectionsOpen()).isLessThanOrEqualTo(1);
    }
  }

  private static int readFrames(String url, int wanted) throws Exception {
    // frames
    int pictures = 0;
    try (RtspClient client = new RtspClient();
        FrameReader reader = client.readFrames(Camera.at(url))) {
      while (pictures < wanted) {
        Frame frame = reader.next().orElseThrow(); // waits; empty when the stream is closed
        pictures += frame.format().width() > 0 ? 1 : 0;
        System.out.println(frame.time() / 1_000_000 + " ms: " + frame);
        frame.release();
      }
    }
    // end of frames
    return pictures;
  }

  @Test
  void readsFrames() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThat(readFrames(camera.url(), 5)).isEqualTo(5);
    }
  }

  @Test
  void isWhatTheReadmeShows() throws Exception {
    String source = Files.readString(SOURCE);
    for (String name : List.of("example", "frames")) {
      String begin = "// " + name + "\n";
      String example =
          source.substring(
              source.indexOf(begin) + begin.length(), source.indexOf("    // end of " + name));
      assertThat(Files.readString(Path.of("../README.md")))
          .contains(example.stripTrailing().stripIndent());
    }
  }

  /** With the imports that it shows, in a package of its own. */
  @Test
  void compilesAsTheReadmeShowsIt(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String block = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
    String code = block.substring(0, block.indexOf("```"));
    int body = code.indexOf("\n\n");
    assertCompiles(
        folder,
        code.substring(0, body)
            + "\nclass Example { Object watch(String url, int packets) throws Exception {\n"
            + code.substring(body)
            + "}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RtspClient", "PacketReader", "FrameReader"})
  void theExampleOfAClassCompiles(String name, @TempDir Path folder) throws Exception {
    String source = Files.readString(SOURCES.resolve(name + ".java"));
    String begin = "<pre>{@code\n";
    int start = source.indexOf(begin) + begin.length();
    String example = source.substring(start, source.indexOf(" * }</pre>", start));
    assertCompiles(
        folder,
        "import dev.photofinish.rtp.format.Frame;\nimport dev.photofinish.rtsp.client.*;\n"
            + "import java.util.Optional;\n"
            + "abstract class Example { RtspClient client; abstract void handle(Object media);\n"
            + "void run() throws Exception {\n"
            + example.replaceAll("(?m)^ \\* ?", "")
            + "}}\n");
  }

  private static void assertCompiles(Path folder, String code) throws IOException {
    Path source = folder.resolve("Example.java");
    Files.writeString(source, code);
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    boolean compiles =
        compiler
            .getTask(
                messages,
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertThat(compiles).as(messages.toString()).isTrue();
  }
}
