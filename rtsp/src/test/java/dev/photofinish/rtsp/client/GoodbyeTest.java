package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.PLAYING;
import static dev.photofinish.rtsp.client.ScriptedCamera.frame;
import static dev.photofinish.rtsp.client.ScriptedCamera.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtp.RtcpPacket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.6: sources that leave. */
class GoodbyeTest {
  private static final long VIDEO = 11;
  private static final long AUDIO = 22;

  private final Recorder recorder = new Recorder();
  private final RtspClient client = new RtspClient();

  @AfterEach
  void close() {
    client.close();
  }

  private static byte[] bye(int channel, String reason, Long... sources) {
    return frame(
        channel,
        RtcpPacket.write(
            List.of(
                new RtcpPacket.ReceiverReport(sources[0], List.of()),
                new RtcpPacket.Goodbye(List.of(sources), reason))));
  }

  private static byte[] video(int sequence) {
    return rtp(0, (int) VIDEO, sequence);
  }

  private static byte[] audio(int sequence) {
    return rtp(2, (int) AUDIO, sequence);
  }

  private void open(ScriptedCamera camera) throws Exception {
    RetryOptions atOnce = RetryOptions.builder().stableAfter(Duration.ZERO).build();
    client.open(Patience.at(camera.url()).withRetry(atOnce), recorder);
  }

  @Test
  void whenTheLastSourceLeavesTheStreamIsConnectedAnewAtOnce() throws Exception {
    List<byte[]> leaving =
        List.of(video(1), audio(1), bye(3, "", AUDIO), video(2), bye(1, "shut\ndown", VIDEO));
    try (ScriptedCamera camera =
        new ScriptedCamera(n -> n == 0 ? leaving : List.of(video(1), audio(1)))) {
      open(camera);
      recorder.awaitState(PLAYING, 2);
      assertThat(recorder.states().subList(0, 3))
          .containsExactly("PLAYING", "RECONNECTING", "PLAYING");
      assertThat(recorder.reasons().get(1))
          .contains("RTCP BYE from every source")
          .contains("shut\\ndown");
      assertThat(recorder.retries().get(0)).startsWith("1 0 ");
      assertThat(camera.methods().subList(3, 7))
          .containsExactly("PLAY", "OPTIONS", "TEARDOWN", "DESCRIBE");
    }
  }

  @Test
  void whileOneSourceIsLeftTheStreamGoesOn() throws Exception {
    List<byte[]> frames = List.of(video(1), audio(1), bye(3, "", AUDIO), video(2), video(3));
    try (ScriptedCamera camera = new ScriptedCamera(n -> frames)) {
      open(camera);
      recorder.awaitPackets(4);
      assertThat(recorder.states()).containsExactly("PLAYING");
    }
  }

  @Test
  void strangersAndSourcesThatComeBackHaveNotLeft() throws Exception {
    List<byte[]> frames =
        List.of(
            video(1),
            audio(1),
            bye(1, "", 99L),
            bye(3, "", AUDIO),
            audio(2),
            bye(1, "", VIDEO),
            audio(3));
    try (ScriptedCamera camera = new ScriptedCamera(n -> frames)) {
      open(camera);
      recorder.awaitPackets(4);
      assertThat(recorder.states()).containsExactly("PLAYING");
    }
  }
}
