package dev.photofinish.cli.gst;

import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.cli.Photofinish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The built plugin, with the classes of this test run as the program that it starts. */
final class Plugin {
  static final Duration LIMIT = Duration.ofMinutes(5);
  static final String PYTHON = "/usr/bin/python3";
  private static final Path BUILD = Path.of("..", "gstreamer", "build").toAbsolutePath();

  private final Path folder;

  private Plugin(Path folder) {
    this.folder = folder;
  }

  /** The plugin with files of its own in {@code folder}; the test is skipped where it is not. */
  static Plugin in(Path folder) throws IOException {
    Needs.programs(Assumptions::abort, "gst-launch-1.0", "gst-inspect-1.0");
    boolean built = Files.exists(BUILD.resolve("libgstphotofinish.so"));
    Needs.that(
        built
            ? Optional.empty()
            : Optional.of("the plugin is not built (./photofinish gst-plugin)"),
        Assumptions::abort);
    Plugin plugin = new Plugin(folder);
    plugin.writeProgram();
    return plugin;
  }

  private void writeProgram() throws IOException {
    Path program = Files.createFile(folder.resolve("photofinish"));
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\"\n"
            .formatted(
                ProcessHandle.current().info().command().orElseThrow(),
                System.getProperty("java.class.path"),
                Photofinish.class.getName()));
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
  }

  /** Starts a program that finds the plugin. */
  LabProcess start(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "GST_PLUGIN_PATH=" + BUILD,
                "GST_REGISTRY=" + folder.resolve("registry"),
                "PHOTOFINISH=" + folder.resolve("photofinish")));
    all.addAll(List.of(command));
    return LabProcess.onHost(LIMIT, all);
  }
}
