package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
        .contains(new TrackTransport.Udp(new Pair(5000, 5001), Optional.of(new Pair(6000, 6001))));
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
    assertThat(plan.offer(0)).hasToString("RTP/AVP/TCP;unicast;interleaved=0-1");
    assertThat(plan.offer(3)).hasToString("RTP/AVP/TCP;unicast;interleaved=6-7");
    assertThat(plan.answered(3, Optional.empty(), Set.of(Quirk.NO_CHANNELS)))
        .isEqualTo(new TrackTransport.Interleaved(new Pair(6, 7)));
    assertThatThrownBy(
            () -> plan.answered(0, Optional.of("RTP/AVP;multicast;port=1-2"), Quirk.defaults()))
        .hasMessageContaining("not multicast to ports 1-2")
        .hasMessageContaining("UDP is not yet");
  }
}
