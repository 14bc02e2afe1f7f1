package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.media.MediaSource;
import dev.photofinish.camera.media.VideoSource;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A track at given times since PLAY, with a source of a unit a second. */
class TrackTest {

  private static final long SECOND = 1_000_000_000L;

  /** Payloads say which unit they are, and whether the receiver had the one before. */
  private static final MediaSource SOURCE =
      new MediaSource() {
        @Override
        public int payloadType() {
          return 96;
        }

        @Override
        public int clockRate() {
          return 1000;
        }

        @Override
        public List<String> attributes() {
          return List.of();
        }

        @Override
        public String media() {
          return "video";
        }

        @Override
        public long dueNanos(long index) {
          return index * SECOND;
        }

        @Override
        public List<byte[]> unit(long index, boolean continuous) {
          byte content = (byte) (continuous ? index : -index);
          return List.of(new byte[] {content}, new byte[] {content});
        }

        @Override
        public boolean marked() {
          return true;
        }
      };

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Tally tally = new Tally(Ticker.systemTicker(), List.of());
  private final FakeSink sink = new FakeSink();

  private Track track(SimulatedCamera.Builder builder) {
    return new Track(
        1, SOURCE, sink, new CameraContext(builder.options(), channel.eventLoop(), tally));
  }

  private Track track() {
    return track(SimulatedCamera.builder());
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void sendsWhatIsDueAndNoMore() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    assertThat(sink.rtp).hasSize(2);
    track.send(SECOND - 1, 0);
    assertThat(sink.rtp).hasSize(2);
    track.send(SECOND, 0);
    assertThat(sink.rtp).hasSize(4);
    assertThat(track.dueNanos()).isEqualTo(2 * SECOND);
    assertThat(tally.report().rtpPackets()).isEqualTo(4);
  }

  @Test
  void everySendIsFlushedOnce() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    track.send(1, 0);
    assertThat(sink.flushes).isEqualTo(2);
  }

  @Test
  void theLastPacketOfAUnitHasTheMarker() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    assertThat(sink.rtp.get(0)[1] & 0x80).isZero();
    assertThat(sink.rtp.get(1)[1] & 0x80).isNotZero();
  }

  @Test
  void rtpInfoAnnouncesTheFirstPacket() {
    Track track = track();
    track.begin(0);
    String info = track.rtpInfo("rtsp://camera/stream/");
    track.send(0, 0);
    assertThat(info)
        .isEqualTo(
            "url=rtsp://camera/stream/trackID=1;seq=%d;rtptime=%d",
            sink.sequence(0), sink.timestamp(0));
  }

  @Test
  void unitsThatAreVeryLateAreLeftOut() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    track.send(10 * SECOND, 0);
    assertThat(sink.rtp).as("units 0 and 10").hasSize(4);
    assertThat(sink.payload(2)).as("a key frame").isEqualTo(-10);
    assertThat(sink.sequence(2)).as("no loss").isEqualTo((sink.sequence(1) + 1) & 0xffff);
    assertThat(sink.timestamp(2) - sink.timestamp(0) & 0xffff_ffffL).isEqualTo(10_000);
  }

  @Test
  void unitsThatAreALittleLateAreSent() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    track.send(SECOND + 500_000_000, 0);
    assertThat(sink.rtp).hasSize(4);
    assertThat(sink.payload(2)).as("not a key frame").isEqualTo(1);
  }

  @Test
  void allUnitsAreSentHoweverLateWhereThatIsAskedFor() {
    Track track = track(SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO));
    track.begin(0);
    track.send(0, 0);
    track.send(10 * SECOND, 0);
    assertThat(sink.rtp).as("units 0 to 10").hasSize(22);
    assertThat(sink.payload(20)).as("not a key frame").isEqualTo(10);
  }

  @Test
  void manyUnitsThatAreLateAreSentInTurns() {
    Track track = track(SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO));
    track.begin(0);
    track.send(29 * SECOND, 0);
    assertThat(sink.rtp).hasSize(2 * 25);
    track.send(29 * SECOND, 0);
    assertThat(sink.rtp).hasSize(2 * 30);
  }

  @Test
  void whatWasDueBeforeIsSentBeforeAReceiverIsSaidNotToKeepUp() {
    Track track = track(SimulatedCamera.builder().set(Knob.LATE, Duration.ZERO));
    sink.room = 2;
    track.begin(0);
    track.send(10 * SECOND, 0);
    assertThat(sink.rtp).as("units 0 to 10").hasSize(22);
    assertThat(tally.report().framesSkipped()).isZero();
  }

  @Test
  void aReceiverThatDoesNotKeepUpMissesUnitsAndGoesOnWithAKeyFrame() {
    Track track = track();
    track.begin(0);
    track.send(0, 0);
    sink.ready = false;
    track.send(SECOND, 0);
    assertThat(sink.rtp).hasSize(2);
    assertThat(tally.report().framesSkipped()).isEqualTo(1);
    sink.ready = true;
    track.send(2 * SECOND, 0);
    assertThat(sink.payload(2)).isEqualTo(-2);
    track.send(3 * SECOND, 0);
    assertThat(sink.payload(4)).as("continuous again").isEqualTo(3);
  }

  @Test
  void whatIsSkippedIsNotSentLater() {
    Track track = track();
    track.begin(0);
    track.skip(2 * SECOND);
    assertThat(track.dueNanos()).isEqualTo(3 * SECOND);
    track.send(2 * SECOND + 1, 0);
    assertThat(sink.rtp).isEmpty();
  }

  @Test
  void aReportComesFirstAndThenEveryFiveSeconds() {
    Track track = track();
    track.begin(0);
    for (int i = 0; i <= 10; i++) {
      track.send(i * SECOND, 0);
    }
    assertThat(sink.rtcp).as("at 0, 5 and 10 s").hasSize(3);
  }

  @Test
  void anotherSourceHasItsReportAtOnce() {
    Track track = track(SimulatedCamera.builder().set(Knob.SSRC_CHANGE, 2));
    track.begin(0);
    track.send(0, 0);
    track.send(SECOND, 0);
    assertThat(sink.ssrc(2)).isNotEqualTo(sink.ssrc(1));
    assertThat(sink.rtcp).hasSize(2);
  }

  @Test
  void lossTakesPacketsAndNoSequenceNumbers() {
    Track track = track(SimulatedCamera.builder().set(Knob.LOSS, 50));
    track.begin(0);
    for (int i = 0; i < 50; i++) {
      track.send(i * SECOND, 0);
    }
    int sent = sink.rtp.size();
    assertThat(sent).isBetween(25, 75);
    assertThat(tally.report().rtpPackets()).isEqualTo(sent);
    assertThat((sink.sequence(sent - 1) - sink.sequence(0)) & 0xffff).isGreaterThanOrEqualTo(sent);
  }

  @Test
  void onDemandNothingButKeyFramesIsSent() {
    CameraContext context =
        new CameraContext(SimulatedCamera.builder().options(), channel.eventLoop(), tally);
    Track track = new Track(1, new VideoSource(5, Clock.systemUTC()), sink, context);
    track.keyFramesOnly(true);
    track.begin(0);
    for (long elapsed = 0; elapsed < 2 * SECOND; elapsed += SECOND / 5) {
      track.send(elapsed, 0);
    }
    assertThat(sink.rtp.stream().filter(packet -> packet[1] < 0)).as("marked frames").hasSize(2);
  }
}
