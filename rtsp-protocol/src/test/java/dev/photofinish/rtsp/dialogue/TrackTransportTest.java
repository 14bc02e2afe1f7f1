package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.TransportHeader;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
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
                ssrc < 0 ? OptionalLong.empty() : OptionalLong.of(ssrc),
                Optional.empty()));
  }

  /** A name is never looked up. */
  @ParameterizedTest
  @CsvSource({"192.0.2.7, 192.0.2.7", "camera, ", "0.0.0.0, ", "239.1.2.3, ", "'', "})
  void theUdpPlanTakesTheHostThatSendsForTheCamera(String said, @Nullable String host)
      throws Exception {
    TransportPlan plan = TransportPlan.udp();
    String header = "RTP/AVP;unicast;server_port=6000-6001;source=" + said;
    assertThat(answered(plan, plan.offer(0, new Pair(5000, 5001)), header, PLAIN))
        .isInstanceOfSatisfying(
            TrackTransport.Udp.class,
            udp ->
                assertThat(udp.source().map(InetAddress::getHostAddress))
                    .isEqualTo(Optional.ofNullable(host)));
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

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP;multicast;destination=239.1.2.3;port=3456-3457;ttl=16, '', 239.1.2.3 3456-3457 16 -",
    "RTP/AVP;multicast;destination=239.1.2.3;port=3456;source=192.0.2.7, '',"
        + " 239.1.2.3 3456-3457 - 192.0.2.7",
    "RTP/AVP;multicast;port=3456-3457, 'c=IN IP4 239.9.9.9/5', 239.9.9.9 3456-3457 5 -",
    "RTP/AVP;multicast, 'c=IN IP4 239.9.9.9/5/2', 239.9.9.9 7000-7001 5 -",
    "RTP/AVP;multicast;ttl=300, 'c=IN IP4 239.9.9.9/999', 239.9.9.9 7000-7001 - -",
    "RTP/AVP;multicast, 'a=source-filter: incl IN IP4 * 192.0.2.1 192.0.2.2\nc=IN IP4 239.9.9.9',"
        + " 239.9.9.9 7000-7001 - 192.0.2.1",
    "RTP/AVP;multicast;source=camera.example, 'a=source-filter: excl IN IP4 * 192.0.2.1\n"
        + "c=IN IP4 239.9.9.9', 239.9.9.9 7000-7001 - -",
    "RTP/AVP;multicast;destination=ff15::101;port=5000-5001, '', ff15:0:0:0:0:0:0:101 5000-5001 - -"
  })
  void theMulticastPlanTakesTheGroupOfTheAnswerOrOfTheDescription(
      String header, String session, String expected) throws Exception {
    TransportPlan plan = TransportPlan.multicast(OptionalInt.empty());
    TransportHeader offer = plan.offer(0, null);
    assertThat(plan.needsPorts()).isFalse();
    assertThat(offer).hasToString("RTP/AVP;multicast");
    String sdp = session.replace("\\n", "\r\n") + "\r\nm=video 7000 RTP/AVP 96\r\n";
    var multicast = (TrackTransport.Multicast) answered(plan, offer, header, sdp);
    String ttl = multicast.ttl().isPresent() ? "" + multicast.ttl().getAsInt() : "-";
    assertThat(
            String.join(
                " ",
                multicast.group().getHostAddress(),
                multicast.ports().toString(),
                ttl,
                multicast.source().map(InetAddress::getHostAddress).orElse("-")))
        .isEqualTo(expected);
  }

  @Test
  void theCallersHopsComeBeforeTheCameras() throws Exception {
    TransportPlan plan = TransportPlan.multicast(OptionalInt.of(3));
    TransportHeader offer = plan.offer(0, null);
    assertThat(offer).hasToString("RTP/AVP;multicast;ttl=3");
    String header = "RTP/AVP;multicast;destination=239.1.2.3;port=3456-3457;ttl=16";
    var multicast = (TrackTransport.Multicast) answered(plan, offer, header, PLAIN);
    assertThat(multicast.ttl()).hasValue(3);
  }

  /** An address that is no group's is refused before anything is sent to it or looked up. */
  @ParameterizedTest
  @CsvSource({
    "RTP/AVP/TCP;unicast;interleaved=0-1, expected RTP/AVP;multicast",
    "RTP/AVP;unicast;client_port=5000-5001, expected RTP/AVP;multicast",
    "RTP/AVP;multicast;port=1-2, expected the address of the group",
    "RTP/AVP;multicast;destination=239.1.2.3, expected the ports of the group",
    "RTP/AVP;multicast;destination=239.1.2.3;port=0-1, expected the ports of the group",
    "RTP/AVP;multicast;destination=239.1.2.3;port=70000, 70000",
    "RTP/AVP;multicast;destination=192.0.2.1;port=1-2, expected the address of a group",
    "RTP/AVP;multicast;destination=group.example;port=1-2, expected the address of a group"
  })
  void theMulticastPlanTakesNothingElse(String header, String expected) {
    TransportPlan plan = TransportPlan.multicast(OptionalInt.empty());
    TransportHeader offer = plan.offer(0, null);
    assertThatThrownBy(() -> answered(plan, offer, header, PLAIN))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining(expected);
  }
}
