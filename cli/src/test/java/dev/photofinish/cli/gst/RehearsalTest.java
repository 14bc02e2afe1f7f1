package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.RtspClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the run that the launcher makes an archive of classes from. */
@Timeout(60)
class RehearsalTest {
  @Test
  void playsUpToTheFirstPacketsAndEndsAsAProcessWhoseHostEnds() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal();
        SourceProcess process =
            SourceProcess.serve(
                rehearsal.socket(),
                RtspClient.builder(),
                Map.of(),
                "test 1",
                SourceProcess.WAITING)) {
      rehearsal.play();
      process.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(process.isMalformed()).isFalse();
      assertThat(rehearsal.hasPlayed()).isTrue();
    }
  }
}
