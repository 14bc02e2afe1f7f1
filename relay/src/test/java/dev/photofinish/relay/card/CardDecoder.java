package dev.photofinish.relay.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program that decodes pictures, and must have nothing to say about them. */
final class CardDecoder {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private final Path folder;

  CardDecoder(Path folder) {
    this.folder = folder;
  }

  /**
   * The samples that FFmpeg decodes.
   *
   * @param format of the stream, and of its samples, in FFmpeg's words
   */
  byte[] ffmpeg(List<byte[]> units, String format, String samples) throws Exception {
    return run(
        units,
        ("ffmpeg -nostdin -v warning -xerror -err_detect explode -f %s -i %%s -fps_mode passthrough"
                + " -pix_fmt %s -f rawvideo -")
            .formatted(format, samples));
  }

  /** The samples that GStreamer's parser and decoder of H.265 make. */
  byte[] gstreamer(List<byte[]> units) throws Exception {
    Path samples = folder.resolve("samples");
    run(
        units,
        "gst-launch-1.0 -q filesrc location=%s ! h265parse ! avdec_h265 ! filesink location="
            + samples);
    return Files.readAllBytes(samples);
  }

  private byte[] run(List<byte[]> units, String command) throws Exception {
    String[] words = command.formatted(stream(units)).split(" ");
    Needs.programs(Assumptions::abort, words[0]);
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    try (InputStream output = process.getInputStream()) {
      byte[] decoded = output.readAllBytes();
      assertThat(process.waitFor()).isZero();
      assertThat(errors).content().isEmpty();
      return decoded;
    }
  }

  private Path stream(List<byte[]> units) throws IOException {
    Path stream = folder.resolve("card");
    try (OutputStream out = Files.newOutputStream(stream)) {
      for (byte[] unit : units) {
        out.write(START_CODE);
        out.write(unit);
      }
    }
    return stream;
  }
}
