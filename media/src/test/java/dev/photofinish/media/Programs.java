package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs that read and write media, with a time limit. */
public final class Programs {
  private static final int LIMIT_SECONDS = 180;

  private Programs() {}

  /** The lines that a program printed, errors too, once it has ended with 0. */
  public static List<String> run(Path folder, String... command) throws Exception {
    Needs.programs(Assumptions::abort, command[0]);
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      List<String> lines = Files.readAllLines(said);
      assertThat(ended).as("%s ends: %s", Arrays.toString(command), lines).isTrue();
      assertThat(process.exitValue()).as("%s: %s", Arrays.toString(command), lines).isZero();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  /** FFmpeg with these arguments, parted by spaces. */
  public static void ffmpeg(Path folder, String arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y"));
    command.addAll(List.of(arguments.split(" ")));
    run(folder, command.toArray(String[]::new));
  }

  /** The packets of a file as FFmpeg reads it; a warning fails. */
  public static List<Packet> packets(Path folder, String file) throws Exception {
    List<String> lines =
        run(
            folder,
            "ffprobe",
            "-v",
            "warning",
            "-show_entries",
            "packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags",
            "-of",
            "compact=nk=0:p=0",
            file);
    List<String> printed = lines.stream().filter(line -> !line.isBlank()).toList();
    assertThat(printed).allMatch(line -> line.startsWith("stream_index="));
    return printed.stream().map(Packet::parse).toList();
  }

  /**
   * A packet as ffprobe prints it.
   *
   * @param time of presentation, in microseconds
   * @param decodeTime in microseconds
   */
  public record Packet(
      int stream, long time, long decodeTime, long position, int size, boolean key) {
    static Packet parse(String line) {
      String[] fields = line.split("\\|");
      return new Packet(
          Integer.parseInt(value(fields, "stream_index")),
          micros(value(fields, "pts_time")),
          micros(value(fields, "dts_time")),
          Long.parseLong(value(fields, "pos").replace("N/A", "-1")),
          Integer.parseInt(value(fields, "size")),
          value(fields, "flags").startsWith("K"));
    }

    private static long micros(String seconds) {
      return seconds.equals("N/A") ? Long.MIN_VALUE : Math.round(Double.parseDouble(seconds) * 1e6);
    }

    private static String value(String[] fields, String name) {
      for (String field : fields) {
        if (field.startsWith(name + "=")) {
          return field.substring(name.length() + 1);
        }
      }
      return "N/A";
    }
  }
}
