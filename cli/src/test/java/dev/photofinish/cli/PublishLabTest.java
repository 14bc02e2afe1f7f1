package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.camera.lab.ServerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that {@code publish} sends to FFmpeg, as it would receive them from a camera. */
@Tag("lab")
class PublishLabTest {
  private static final int LIMIT_SECONDS = 60;

  @TempDir private Path folder;

  private Process start(String... command) throws IOException {
    Needs.programs(Assumptions::abort, command[0]);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile())
        .start();
  }

  private String run(String command) throws Exception {
    return finish(start(command.split(" ")));
  }

  private String finish(Process process) throws Exception {
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(folder.resolve("said.txt"));
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Long> packets(String file) throws Exception {
    List<Long> packets = new ArrayList<>();
    for (String media : List.of("v", "a")) {
      String said =
          run(
              "ffprobe -v error -count_packets -select_streams "
                  + media
                  + " -show_entries stream=nb_read_packets -of default=nk=1:nw=1 "
                  + file);
      packets.add(said.lines().map(String::strip).map(Long::valueOf).findFirst().orElseThrow());
    }
    return packets;
  }

  /** Times of presentation in seconds, in decoding order; NaN where there is none. */
  private static List<Double> times(String said) {
    return said.lines()
        .map(line -> line.replace(",", "").replace("N/A", "NaN").strip())
        .filter(line -> !line.isEmpty())
        .map(Double::valueOf)
        .toList();
  }

  /** B-frames without times in the file: those of the encoder come back. */
  @ParameterizedTest
  @CsvSource({
    "libx264 -bf 3 -g 25 -x264-params b-pyramid=normal:open-gop=1, h264, 30",
    "libx265 -x265-params bframes=4:open-gop=1:log-level=none, hevc, 50",
  })
  void ffprobeSeesThePicturesOfAnnexBAtTheirTimes(String encoder, String format, int rate)
      throws Exception {
    run(
        "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=320x240:rate=30:duration=2 -c:v "
            + encoder
            + " -pix_fmt yuv420p -threads 2 timed.mp4");
    String entries = " -show_entries packet=pts_time -of csv=p=0 ";
    List<Double> encoded = times(run("ffprobe -v error" + entries + "timed.mp4"));
    run(
        "ffmpeg -nostdin -v error -y -i timed.mp4 -c copy -bsf:v %s_mp4toannexb in.%s"
            .formatted(format, format));
    String url = "rtsp://127.0.0.1:" + ServerPort.choose() + "/x";
    Process server =
        start(("ffprobe -v error -rtsp_flags listen" + entries + "-i " + url).split(" "));
    publish(server, url, "--frame-rate=" + rate, folder.resolve("in." + format).toString());
    List<Double> got = times(Files.readString(folder.resolve("said.txt")));
    assertThat(got).hasSameSizeAs(encoded).hasSize(60);
    for (int i = 1; i < got.size(); i++) { // of the first one FFmpeg knows no time yet
      double since = encoded.get(i) - encoded.get(0);
      assertThat(got.get(i)).as("frame %d", i).isCloseTo(since * 30 / rate, Offset.offset(4e-5));
    }
  }

  /** Publishes to a server that listens for it, and ends when it has ended. */
  private void publish(Process server, String url, String... arguments) throws Exception {
    try {
      // FFmpeg does not say when it listens: the retries find out, for about 50 s.
      List<String> command =
          new ArrayList<>(
              List.of("publish", "--max-reconnection-attempts=10", "--retry-strategy=linear"));
      command.addAll(List.of(arguments));
      command.add(url);
      Cli.Result result = Cli.run(command.toArray(String[]::new));
      String said = Files.readString(folder.resolve("said.txt"));
      assertThat(result.exit()).as("%s; the server said: %s", result, said).isZero();
      finish(server);
    } finally {
      server.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"in.ts, tcp", "in.mp4, tcp", "in.mp4, udp"})
  void ffmpegGetsEachFrameOfAFile(String file, String transport) throws Exception {
    run(
        "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=320x240:rate=25:duration=1"
            + " -f lavfi -i sine=frequency=440:sample_rate=48000:duration=1 -c:v libx264 -bf 2"
            + " -pix_fmt yuv420p -threads 2 -c:a aac "
            + file);
    String url = "rtsp://127.0.0.1:" + ServerPort.choose() + "/x";
    Process server =
        start(
            "ffmpeg -nostdin -v error -y -rtsp_flags listen -i %s -c copy out.mp4"
                .formatted(url)
                .split(" "));
    publish(server, url, "--transport=" + transport, folder.resolve(file).toString());
    assertThat(packets("out.mp4")).isEqualTo(packets(file));
  }
}
