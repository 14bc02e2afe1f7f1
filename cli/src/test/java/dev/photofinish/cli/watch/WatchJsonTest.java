package dev.photofinish.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON lines of the watch command. */
final class WatchJsonTest {
  private static final MediaStream ENCRYPTED =
      new MediaStream(0, "video", "H264", 96, 90_000, 0, "", true);

  private static String line(MediaStream stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    CliContext context =
        new CliContext(
            InputStream.nullInputStream(),
            out,
            out,
            UTF_8,
            Map.of(),
            Screen.plain(),
            new StopSignal());
    MediaStatistics media = Figures.media(stream, 1, 900);
    new WatchJson(context::line, new Elapsed())
        .media(
            new CameraName("rtsp://a/", null),
            new MediaReport(
                Figures.statistics(Duration.ZERO, media),
                List.of(new MediaRate(media, null, null))));
    return bytes.toString(UTF_8);
  }

  @Test
  void encryptedMediaIsNamedAsSuchAndNoOther() {
    assertThat(line(ENCRYPTED)).contains("\"clockRate\":90000,\"encrypted\":true,\"packets\":1");
    assertThat(line(Figures.VIDEO)).contains("\"packets\":1").doesNotContain("encrypted");
  }
}
