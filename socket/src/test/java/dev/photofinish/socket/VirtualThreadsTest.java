package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.photofinish.camera.net.BadServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand races on virtual threads with one carrier: none keeps another from running. Needs a
 * JDK whose selector gives the carrier away (24 or newer), this one or another of this machine.
 */
@Timeout(120)
class VirtualThreadsTest {
  private static final int NEEDED = 24;
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  @Test
  void aThousandRacesOnOneCarrier() throws Exception {
    Optional<Path> java = java();
    assumeThat(java).as("a JDK %d or newer in /usr/lib/jvm", NEEDED).isPresent();
    try (BadServer silent = BadServer.blackHole()) {
      Process process =
          new ProcessBuilder(
                  "timeout",
                  "60",
                  java.orElseThrow().toString(),
                  "-Djdk.virtualThreadScheduler.parallelism=1",
                  "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  VirtualRaces.class.getName(),
                  "127.0.0.1",
                  String.valueOf(silent.address().getPort()),
                  "1000")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output).contains("on: 1000, over: 0", "closed: 1000");
      assertThat(process.waitFor()).isZero();
    }
  }

  private static Optional<Path> java() {
    File[] installed = new File("/usr/lib/jvm").listFiles();
    return Stream.concat(
            Stream.of(new File(System.getProperty("java.home"))),
            installed == null ? Stream.empty() : Arrays.stream(installed))
        .map(File::toPath)
        .filter(home -> version(home) >= NEEDED)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int version(Path home) {
    try {
      Matcher found = VERSION.matcher(Files.readString(home.resolve("release")));
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    } catch (IOException e) {
      return 0; // no JDK
    }
  }
}
