package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2326 section 12.39: what an answer to SETUP says of the way of the media. */
class TrackTransportTest {
  private static MediaDescription video(String lines) throws RtspFormatException {
    return SessionDescription.parse(lines).media().get(0);
  }

  private static final String PLAIN = "m=video 0 RTP/AVP 96\r\n";

  private static TrackTransport answered(
      TransportPlan plan, TransportHeader offer, @Nullable String header, String sdp)
      throws RtspFormatException {
    return plan.answered(video(sdp), offer, Optional.ofNullable(header), Quirk.defaults());
  }

  @Test
  void theInterleavedPlanNumbersChannelsByTheMedia() throws Exception {
    TransportPlan plan = TransportPlan.interleaved();
    TransportHeader offer = plan.offer(3, null);
    assertThat(plan.needsPorts()).isFalse();
    assertThat(offer).hasToString("RTP/AVP/TCP;unicast;interleaved=6-7");
    assertThat(plan.answered(video(PLAIN), offer, Optional.empty(), Set.of(Quirk.NO_CHANNELS)))
        .isEqualTo(new TrackTransport.Interleaved(new Pair(6, 7)));
    assertThatThrownBy(() -> answered(plan, offer, "RTP/AVP;multicast;port=1-2", PLAIN))
        .hasMessageContaining("multicast")
        .hasMessageContaining("expected RTP/AVP/TCP;unicast;interleaved=6-7");
  }

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001;ssrc=0000000A, 6000, 10",
    "RTP/AVP/UDP;unicast;client_port=5000-5001;server_port=6000, 6000, -1",
    "RTP/AVP;unicast;server_port=6000-6001, 6000, -1",
    "RTP/AVP;unicast;client_port=5000-5001;server_port=0-0, -1, -1",
    "RTP/AVP;unicast, -1, -1",
    ", -1, -1"
  })
  void theUdpPlanTakesWhatTheAnswerSays(@Nullable String header, int server, long ssrc)
      throws Exception {
    TransportPlan plan = TransportPlan.udp();
    Pair ports = new Pair(5000, 5001);
    TransportHeader offer = plan.offer(0, ports);
    assertThat(plan.needsPorts()).isTrue();
    assertThat(offer).hasToString("RTP/AVP;unicast;client_port=5000-5001");
    assertThat(answered(plan, offer, header, PLAIN))
        .isEqualTo(
            new TrackTransport.Udp(
                ports,
                server < 0 ? Optional.empty() : Optional.of(new Pair(server, server + 1)),
                ssrc < 0 ? OptionalLong.empty() : OptionalLong.of(ssrc)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTP/AVP/TCP;unicast;interleaved=0-1",
        "RTP/AVP;multicast;port=1-2",
        "RTP/AVP;unicast;client_port=7000-7001"
      })
  void theUdpPlanTakesNothingElse(String header) {
    TransportPlan plan = TransportPlan.udp();
    TransportHeader offer = plan.offer(0, new Pair(5000, 5001));
    assertThatThrownBy(() -> answered(plan, offer, header, PLAIN))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining("expected RTP/AVP;unicast;client_port=5000-5001");
  }
}
