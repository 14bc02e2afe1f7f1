package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A module of a user's own compiles against ours and runs, with everything on the module path: the
 * descriptors require what is needed and export what is named.
 */
@Timeout(120)
class ModulePathTest {
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*/(engine|host|connect|socket|rtp|rtsp-protocol|rtsp|relay|metrics|media|decode|camera)/target/.*"
              + "|.*/(photofinish-(engine|host|connect|socket|rtp|rtsp-protocol|rtsp|relay|metrics|media|decode|camera)"
              + "|netty-|jackson-(annotations|core|databind)-|slf4j-api|micrometer-|HdrHistogram|LatencyUtils|bc[a-z]+-jdk|ffmpeg-|javacpp-)[^/]*\\.jar");

  @TempDir private Path folder;

  @Test
  void aModuleOfAUsersOwnRuns() throws Exception {
    Path sources = folder.resolve("sources");
    Path classes = folder.resolve("classes");
    write(sources.resolve("module-info.java"), "module-info.txt");
    write(sources.resolve("photofinish/probe/Probe.java"), "Probe.txt");
    run(
        "javac",
        "-p",
        modulePath(),
        "-d",
        classes.toString(),
        sources.resolve("module-info.java").toString(),
        sources.resolve("photofinish/probe/Probe.java").toString());
    String path = modulePath() + File.pathSeparator + classes;
    assertThat(run("java", "-p", path, "-m", "photofinish.probe/photofinish.probe.Probe"))
        .contains(
            "engine",
            "connect FAILED",
            "socket ConnectException",
            "rtsp",
            "relay",
            "SimulatedCamera in dev.photofinish.camera",
            "Recording in dev.photofinish.media",
            "VideoDecoder in dev.photofinish.decode",
            "RaceMetrics in dev.photofinish.metrics");
  }

  private static void write(Path to, String resource) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream source = ModulePathTest.class.getResourceAsStream("/modules/" + resource)) {
      Files.write(to, source.readAllBytes());
    }
  }

  private static String modulePath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> NEEDED.matcher(entry.replace(File.separatorChar, '/')).matches())
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
