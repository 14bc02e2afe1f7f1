package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.KeyFrameRequests;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.SessionDescription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key frames that a camera is asked for. */
class KeyFrameRequestTest {
  private static final RtcpPacket.ReportBlock BLOCK =
      new RtcpPacket.ReportBlock(42, 0, 0, 1, 0, 0, 0);

  private final KeyFrameFeedback feedback = new KeyFrameFeedback(new ReceiverReports(7));

  private static MediaDescription video(String attributes) throws Exception {
    String sdp = "v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n" + attributes;
    return SessionDescription.parse(sdp).media().get(0);
  }

  private List<RtcpPacket> asked(String attributes) throws Exception {
    byte[] compound = feedback.of(video(attributes), BLOCK);
    return compound == null ? List.of() : RtcpPacket.parseAll(ByteBuffer.wrap(compound));
  }

  @Test
  void theWayIsTheOneThatTheDescriptionOffers() throws Exception {
    RtcpPacket loss = new RtcpPacket.PictureLoss(7, 42);
    assertThat(asked("a=rtcp-fb:* ccm fir\na=rtcp-fb:96 nack pli\n")).hasSize(3).endsWith(loss);
    assertThat(asked("a=RTCP-FB:* NACK PLI\n")).endsWith(loss);
    assertThat(asked("")).isEmpty();
    assertThat(asked("a=rtcp-fb:97 nack pli\na=rtcp-fb:96 nack\n")).isEmpty();
    assertThat(feedback.of(video("a=rtcp-fb:* nack pli\n"), null)).isNull();
  }

  @Test
  void eachFullIntraRequestHasANumberOfItsOwn() throws Exception {
    String fir = "a=rtcp-fb:96 ccm fir\n";
    for (int command : new int[] {1, 2}) {
      assertThat(asked(fir))
          .endsWith(
              new RtcpPacket.FullIntraRequest(7, List.of(new RtcpPacket.IntraEntry(42, command))));
    }
  }

  @ParameterizedTest
  @CsvSource({"PLI, TCP", "FIR, TCP", "PLI, UDP"})
  void aCameraThatTakesRequestsAnswersWithAKeyFrame(KeyFrameRequests way, RtspTransport transport)
      throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .set(Knob.KEY_FRAME_REQUESTS, way)
                .set(Knob.KEY_INTERVAL, 100_000)
                .set(Knob.LATE, Duration.ZERO)
                .start();
        RtspClient client = new RtspClient();
        FrameReader reader =
            client.readFrames(
                Patience.at(camera.url())
                    .withOptions(Patience.options().transport(transport).build()))) {
      assertThat(nextVideo(reader)).as("the first").isTrue();
      assertThat(nextVideo(reader)).isFalse();
      reader.stream().requestKeyFrame();
      int frames = 0;
      while (!nextVideo(reader)) {
        frames++;
        assertThat(frames).as("pictures before it").isLessThan(2_000);
      }
      assertThat(camera.report().events(CameraEvent.Kind.KEY_FRAME_ASKED)).hasSize(1);
    }
  }

  /** Whether the next picture is a key frame. */
  private static boolean nextVideo(FrameReader reader) throws Exception {
    while (true) {
      Frame frame = reader.next(Duration.ofSeconds(60)).orElseThrow();
      try {
        if (frame.codec().kind() == Codec.Kind.VIDEO) {
          return frame.isKeyFrame();
        }
      } finally {
        frame.release();
      }
    }
  }
}
