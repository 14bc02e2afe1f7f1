package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
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
  private static Optional<TrackTransport> of(String header) throws RtspFormatException {
    return TrackTransport.of(TransportHeader.parse(header));
  }

  @Test
  void theThreeTransports() throws Exception {
    assertThat(of("RTP/AVP/TCP;unicast;interleaved=2-3"))
        .contains(new TrackTransport.Interleaved(new Pair(2, 3)));
    assertThat(of("RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001"))
        .contains(
            new TrackTransport.Udp(
                new Pair(5000, 5001), Optional.of(new Pair(6000, 6001)), OptionalLong.empty()));
    assertThat(of("RTP/AVP;multicast;destination=224.2.0.1;port=3456-3457;ttl=16"))
        .contains(new TrackTransport.Multicast(Optional.of("224.2.0.1"), new Pair(3456, 3457)));
  }

  @Test
  void whatSaysTooLittle() throws Exception {
    assertThat(of("RTP/AVP/TCP;unicast")).isEmpty();
    assertThat(of("RTP/AVP;unicast")).isEmpty();
    assertThat(of("RTP/AVP;multicast")).isEmpty();
  }

  @Test
  void portsThatAreNone() {
    assertThatThrownBy(() -> of("RTP/AVP;multicast;port=70000"))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining("70000");
  }

  @Test
  void theInterleavedPlanNumbersChannelsByTheMedia() throws Exception {
    TransportPlan plan = TransportPlan.interleaved();
    Pair channels = plan.channels(3).orElseThrow();
    assertThat(channels).isEqualTo(new Pair(6, 7));
    assertThat(plan.offer(channels)).hasToString("RTP/AVP/TCP;unicast;interleaved=6-7");
    assertThat(plan.answered(channels, Optional.empty(), Set.of(Quirk.NO_CHANNELS)))
        .isEqualTo(new TrackTransport.Interleaved(channels));
    assertThatThrownBy(
            () ->
                plan.answered(
                    channels, Optional.of("RTP/AVP;multicast;port=1-2"), Quirk.defaults()))
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
    assertThat(plan.channels(0)).isEmpty();
    assertThat(plan.offer(ports)).hasToString("RTP/AVP;unicast;client_port=5000-5001");
    assertThat(plan.answered(ports, Optional.ofNullable(header), Quirk.defaults()))
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
    Pair ports = new Pair(5000, 5001);
    assertThatThrownBy(
            () -> TransportPlan.udp().answered(ports, Optional.of(header), Quirk.defaults()))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining("expected RTP/AVP;unicast;client_port=5000-5001");
  }
}
