package dev.photofinish.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings on a disk that is full, and by a process that is killed. */
@Tag("lab")
@Timeout(300)
class RecordingLabTest {
  /** No zeros: a file that ends with many of them counts as one that lost its last block. */
  private static final int[] SLICE = IntStream.generate(() -> 0x55).limit(4000).toArray();

  @TempDir private Path folder;

  /** Pictures each 100 ms from one time to another, each tenth a key frame. */
  private static void record(Recording recording, int from, int to) {
    for (int millis = from; millis < to; millis += 100) {
      recording.add(Frames.picture(millis, millis % 1000 == 0, SLICE));
    }
  }

  private static RecordingOptions options(Path in) {
    return RecordingOptions.in(in)
        .withPattern("video")
        .withMedias(1)
        .withSegment(Duration.ofMinutes(10));
  }

  /** Records for ever. */
  static final class Recorder {
    public static void main(String... arguments) throws Exception {
      CountDownLatch never = new CountDownLatch(1);
      try (Recording recording =
          Recording.start(options(Path.of(arguments[0])), RecordingListener.NONE)) {
        record(recording, 0, 5050);
        while (recording.statistics().frames() < 50) {
          Thread.onSpinWait();
        }
        System.out.println("recorded");
        never.await();
      }
    }
  }

  @Test
  void theFileOfAKilledProcessPlaysAndIsFinishedByTheNext() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Recorder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("recorded");
    } finally {
      process.destroyForcibly().waitFor();
    }
    // The one that begins the next fragment too, if that has waited for a moment.
    int written = Boxes.samples(Files.readAllBytes(folder.resolve("video.mp4.part")), 1).size();
    assertThat(written).isBetween(50, 51);
    try (Recording next = Recording.start(options(folder), RecordingListener.NONE)) {
      assertThat(next.statistics().error()).isEmpty();
    }
    assertThat(Boxes.samples(Files.readAllBytes(folder.resolve("video.mp4")), 1)).hasSize(written);
    assertThat(Files.readString(folder.resolve("index.m3u8"))).contains("video.mp4");
  }

  @Test
  void aFullDiskIsSurvived() throws Exception {
    Needs.that(
        "root".equals(System.getProperty("user.name"))
            ? Optional.empty()
            : Optional.of("only root mounts a small disk"),
        Assumptions::abort);
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Programs.run(folder, "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
    try {
      Path ballast = disk.resolve("ballast");
      Files.write(ballast, new byte[100_000]);
      CountDownLatch failed = new CountDownLatch(1);
      CountDownLatch recovered = new CountDownLatch(1);
      RecordingListener listener =
          new RecordingListener() {
            @Override
            public void failed(IOException cause) {
              failed.countDown();
            }

            @Override
            public void recovered() {
              recovered.countDown();
            }
          };
      try (Recording recording = Recording.start(options(disk), listener)) {
        record(recording, 0, 10_000);
        failed.await();
        assertThat(recording.statistics().error())
            .hasValueSatisfying(text -> assertThat(text).contains("space"));
        Files.delete(ballast);
        record(recording, 20_000, 22_100);
        recovered.await();
      }
      try (Stream<Path> files = Files.list(disk)) {
        List<Path> videos = files.filter(file -> file.toString().contains("mp4")).toList();
        assertThat(videos).hasSize(2).allMatch(file -> file.toString().endsWith(".mp4"));
        for (Path video : videos) {
          byte[] file = Files.readAllBytes(video);
          assertThat(Boxes.samples(file, 1)).isNotEmpty();
          // A full disk has no room for the index.
          assertThat(Boxes.paths(file)).last().isIn("mdat", "mfra");
        }
      }
    } finally {
      Programs.run(folder, "umount", disk.toString());
    }
  }
}
