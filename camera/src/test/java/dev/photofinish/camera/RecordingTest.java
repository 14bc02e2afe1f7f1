package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.RawClient.Frame;
import dev.photofinish.camera.RawClient.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A camera that plays a recording: Range, Scale and its end (RFC 2326 sections 12.29 and 12.34).
 */
class RecordingTest {
  private static final int TICKS_A_SECOND = 90_000;

  private static SimulatedCamera camera(RecordingEnd end) {
    return SimulatedCamera.builder()
        .set(Knob.RECORDING, Duration.ofSeconds(10))
        .set(Knob.RECORDING_END, end)
        .start();
  }

  private static Response play(RawClient client, String... headers) throws Exception {
    String[] all = new String[headers.length + 1];
    all[0] = "Session: " + client.setup(1, 0).session();
    System.arraycopy(headers, 0, all, 1, headers.length);
    return client.request("PLAY", all);
  }

  /** Whether a compound packet has a BYE (RFC 3550 section 6.6). */
  private static boolean isGoodbye(Frame frame) {
    int at = 0;
    while (frame.rtcp() && at < frame.payload().limit()) {
      if (frame.at(at + 1) == 203) {
        return true;
      }
      at += 4 * (frame.payload().getShort(at + 2) + 1);
    }
    return false;
  }

  @Test
  void itsLengthIsDescribed() throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("DESCRIBE").body().lines()).contains("a=range:npt=0-10.000");
    }
  }

  @Test
  void aLiveCameraSaysNow() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("DESCRIBE").body().lines()).contains("a=range:npt=now-");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "npt=2-4, npt=2.000-4.000",
    "npt=2.25-, npt=2.250-10.000",
    "npt=9-99, npt=9.000-10.000",
  })
  void theRangeThatIsPlayedIsAnswered(String asked, String answered) throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      Response response = play(client, "Range: " + asked);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("Range")).isEqualTo(answered);
    }
  }

  @ParameterizedTest
  @CsvSource({"npt=10-", "npt=4-2", "npt=now-", "clock=20261130T000000Z-", "npt=-5"})
  void aRangeThatItDoesNotHaveIsRefused(String asked) throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      assertThat(play(client, "Range: " + asked).status()).isEqualTo(457);
    }
  }

  /** Four seconds in half a second: RTP's times are those at which it is seen. */
  @Test
  void aScaleHastensWhatIsPlayedAndByeEndsIt() throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      Response response = play(client, "Range: npt=1-5", "Scale: 8");
      assertThat(Double.parseDouble(response.header("Scale"))).isEqualTo(8);
      long began = System.nanoTime();
      client.frame(RecordingTest::isGoodbye);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
      long[] times =
          client.frames.stream()
              .filter(frame -> frame.channel() == 0)
              .mapToLong(Frame::timestamp)
              .toArray();
      long span = (times[times.length - 1] - times[0]) & 0xffff_ffffL;
      assertThat(span).isBetween(TICKS_A_SECOND / 4L, 4L * TICKS_A_SECOND);
      assertThat(camera.report().requests("PLAY")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"99, 8.0", "0.01, 0.1", "-2, 1.0"})
  void aScaleThatItDoesNotHaveBecomesTheNearest(String asked, String answered) throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      assertThat(play(client, "Scale: " + asked).header("Scale")).isEqualTo(answered);
    }
  }

  @Test
  void aPauseKeepsThePlace() throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.BYE);
        RawClient client = RawClient.connect(camera)) {
      Response playing = play(client, "Range: npt=3-");
      client.video();
      client.request("PAUSE", "Session: " + playing.session());
      String resumed =
          client.request("PLAY", "Session: " + playing.session()).header("Range").substring(4);
      assertThat(Double.parseDouble(resumed.split("-", 2)[0])).isBetween(3.0, 9.0);
    }
  }

  @Test
  void itMayCloseAtTheEnd() throws Exception {
    try (SimulatedCamera camera = camera(RecordingEnd.CLOSE);
        RawClient client = RawClient.connect(camera)) {
      play(client, "Range: npt=9.9-", "Scale: 8");
      assertThat(client.readToEnd()).isTrue();
    }
  }
}
