package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.SDP;
import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Pair;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transports that a dialogue asks for, one after the other (RFC 2326 sections 10.4, 12.39). */
class TransportsTest {
  private static final String NOT_UDP =
      ": the camera gives \"RTP/AVP/TCP;interleaved=0-1\", not media over UDP (RTP/AVP)";
  private static final String UDP = "RTP/AVP;unicast;client_port=";

  private static Script described(TransportPlan... transports) {
    Script script = Script.by(transports).tell(new DialogueEvent.Connected());
    script.tell(new DialogueEvent.Selected());
    return script.expect("DESCRIBE", URL).describe(SDP);
  }

  private static Script expectUdp(Script script, int index, int port) {
    script.expect(new DialogueCommand.OpenPorts(index)).expectSilence();
    script.tell(new DialogueEvent.PortsOpened(new Pair(port, port + 1)));
    return script
        .expect("SETUP", URL + "/track" + index)
        .expectHeader("Transport", UDP + port + "-" + (port + 1));
  }

  @Test
  void overUdpPortsAreOpenedBeforeEachSetup() {
    Script script = described(TransportPlan.udp());
    expectUdp(script, 0, 5000)
        .answer(
            200, "Transport", UDP + "5000-5001;server_port=6000-6001;ssrc=1F", "Session", "abc");
    expectUdp(script, 1, 5002).answer(200, "Transport", UDP + "5002-5003");
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(
            new TrackTransport.Udp(
                new Pair(5000, 5001),
                Optional.of(new Pair(6000, 6001)),
                OptionalLong.of(0x1f),
                Optional.empty()),
            new TrackTransport.Udp(
                new Pair(5002, 5003), Optional.empty(), OptionalLong.empty(), Optional.empty()));
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
  }

  @Test
  void a401AtSetupKeepsThePorts() {
    Script script = described(TransportPlan.udp());
    expectUdp(script, 0, 5000).answer(401, "WWW-Authenticate", "Basic realm=\"r\"");
    assertThat(script.expectEnd(EndReason.Kind.LOGIN_NEEDED).reason()).contains("SETUP");
  }

  /** RFC 2326 section 11.3.12. */
  @Test
  void a461MovesAllMediaOnToTheNextTransport() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1").answer(461);
    expectUdp(script, 0, 5000).answer(200, "Session", "abc");
    expectUdp(script, 1, 5002).answer(200);
    assertThat(script.expectPrepared()).hasSize(2);
    assertThat(script.leftOut()).isEmpty();
    assertThat(script.moves())
        .containsExactly(
            "461 Status to SETUP "
                + URL
                + "/track0 (CSeq 2): the camera does not take media over the RTSP connection"
                + " (RTP/AVP/TCP)");
  }

  /** RFC 4585 section 4: a server that describes RTP/AVPF may take nothing else. */
  @Test
  void whatIsDescribedWithFeedbackIsAskedForByThatBeforeAnotherTransport() {
    Script script = Script.by(TransportPlan.interleaved(), TransportPlan.udp());
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL).describe(SDP.replace("RTP/AVP ", "RTP/AVPF "));
    script.expect("SETUP", URL + "/track0");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1").answer(461);
    script.expect("SETUP", URL + "/track0");
    script.expectHeader("Transport", "RTP/AVPF/TCP;unicast;interleaved=0-1");
    script.answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1");
    script.expectHeader("Transport", "RTP/AVPF/TCP;unicast;interleaved=2-3").answer(200);
    assertThat(script.expectPrepared()).hasSize(2);
    assertThat(script.moves()).isEmpty();
  }

  @Test
  void whereThatIsRefusedTooTheNextTransportIsAskedFor() {
    Script script = Script.by(TransportPlan.interleaved(), TransportPlan.udp());
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", URL).describe(SDP.replace("RTP/AVP ", "RTP/AVPF "));
    script.expect("SETUP", URL + "/track0").answer(461);
    script.expect("SETUP", URL + "/track0").answer(461);
    script.expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.PortsOpened(new Pair(5000, 5001)));
    script.expect("SETUP", URL + "/track0");
    script.expectHeader("Transport", "RTP/AVP;unicast;client_port=5000-5001").answer(461);
    script.expect("SETUP", URL + "/track0");
    script.expectHeader("Transport", "RTP/AVPF;unicast;client_port=5000-5001");
  }

  @Test
  void soDoesAnAnswerWithAnotherTransport() {
    Script script = described(TransportPlan.udp(), TransportPlan.interleaved());
    expectUdp(script, 0, 5000).answer(200, "Transport", "RTP/AVP;multicast", "Session", "abc");
    script.expectSetUps(60).expectPlay();
    assertThat(script.moves()).singleElement().asString().contains("multicast");
  }

  /** The client may refuse that (RFC 2326 section 12.39), and its user wants the picture. */
  @ParameterizedTest
  @ValueSource(strings = {"RTP/AVP/TCP;unicast;interleaved=4-5", "RTP/AVP;unicast;interleaved=4-5"})
  void channelsThatAreGivenForPortsAreTakenWhereTheOptionsHaveThem(String given) {
    Script script = described(TransportPlan.udp(), TransportPlan.interleaved());
    expectUdp(script, 0, 5000).answer(200, "Transport", given, "Session", "abc");
    assertThat(script.given())
        .containsExactly(
            "media over UDP (RTP/AVP) was asked for, and the camera gives \"" + given + '"');
    script.expect("SETUP", URL + "/track1");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=2-3").answer(200);
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(
            new TrackTransport.Interleaved(new Pair(4, 5)),
            new TrackTransport.Interleaved(new Pair(2, 3)));
    assertThat(script.moves()).isEmpty();
    script.expect("PLAY", URL);
  }

  @Test
  void channelsThatAreGivenForPortsAreTakenWhereTcpWasRefusedBefore() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(461);
    expectUdp(script, 0, 5000).answer(200, "Transport", "RTP/AVP/TCP", "Session", "abc");
    script.expect("SETUP", URL + "/track1").answer(461);
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(new TrackTransport.Interleaved(new Pair(0, 1)));
  }

  @Test
  void channelsThatAreGivenForPortsAreNoneOfASessionOverUdp() {
    Script script = described(TransportPlan.udp(), TransportPlan.interleaved());
    expectUdp(script, 0, 5000).answer(200, "Session", "abc");
    expectUdp(script, 1, 5002).answer(200, "Transport", "RTP/AVP/TCP;interleaved=0-1");
    assertThat(script.expectPrepared()).hasSize(1);
    assertThat(script.given()).isEmpty();
    assertThat(script.leftOut()).singleElement().asString().endsWith(NOT_UDP);
  }

  @Test
  void norWhereUdpAloneIsAskedFor() {
    Script script = described(TransportPlan.udp());
    expectUdp(script, 0, 5000).answer(200, "Transport", "RTP/AVP/TCP;interleaved=0-1");
    expectUdp(script, 1, 5002).answer(200, "Transport", "RTP/AVP/TCP;interleaved=0-1");
    assertThat(script.expectEnd(EndReason.Kind.NO_TRANSPORT).reason()).endsWith(NOT_UDP);
  }

  @Test
  void whatOneMediaIsSetUpByHoldsForTheOthers() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(200, "Session", "abc");
    script.expect("SETUP", URL + "/track1").answer(461);
    assertThat(script.expectPrepared()).hasSize(1);
    assertThat(script.moves()).isEmpty();
    assertThat(script.leftOut()).singleElement().asString().startsWith("audio: 461");
  }

  @Test
  void aMediaThatTakesNoneIsLeftOutAndTheOthersBeginWithTheFirst() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(461);
    expectUdp(script, 0, 5000).answer(461);
    script.expect("SETUP", URL + "/track1");
    script.expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=2-3").answer(200);
    assertThat(script.expectPrepared()).hasSize(1);
  }

  @Test
  void aMediaThatIsMissingSaysNothingAboutTheTransport() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(461);
    expectUdp(script, 0, 5000).answer(404);
    expectUdp(script, 1, 5002).answer(200, "Session", "abc");
    assertThat(script.expectPrepared()).hasSize(1);
  }

  /** Some cameras know no status for it. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 415, 451, 456, 462, 501, 551})
  void whereAllMediaAreRefusedTheNextTransportIsAskedFor(int status) {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(status);
    script.expect("SETUP", URL + "/track1").answer(status);
    expectUdp(script, 0, 5000).answer(200, "Session", "abc");
    expectUdp(script, 1, 5002).answer(200);
    assertThat(script.expectPrepared()).hasSize(2);
    assertThat(script.leftOut()).isEmpty();
    String why = status + " Status to SETUP " + URL + "/track0 (CSeq 2)";
    assertThat(script.moves()).containsExactly(why);
  }

  @Test
  void andTheOtherWayRound() {
    Script script = described(TransportPlan.udp(), TransportPlan.interleaved());
    expectUdp(script, 0, 5000).answer(400);
    expectUdp(script, 1, 5002).answer(400);
    script.expectSetUps(60).expectPlay();
    assertThat(script.moves()).hasSize(1);
  }

  @Test
  void whereOneMediaIsTakenTheRefusalOfAnotherMovesNothing() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(400);
    script.expect("SETUP", URL + "/track1").answer(200, "Session", "abc");
    assertThat(script.expectPrepared()).hasSize(1);
    assertThat(script.moves()).isEmpty();
    assertThat(script.leftOut()).singleElement().asString().startsWith("video: 400");
  }

  @Test
  void whereNoTransportIsTakenTheFirstRefusalIsTheReason() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(400);
    script.expect("SETUP", URL + "/track1").answer(400);
    expectUdp(script, 0, 5000).answer(403);
    expectUdp(script, 1, 5002).answer(403);
    assertThat(script.expectEnd(EndReason.Kind.REFUSED).reason())
        .isEqualTo("400 Status to SETUP " + URL + "/track1 (CSeq 3)");
    assertThat(script.leftOut()).hasSize(2);
  }

  /** Neither a camera that starts nor one that does not know the media means the transport. */
  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void otherRefusalsMoveNothing(int status) {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0").answer(status);
    script.expect("SETUP", URL + "/track1").answer(status);
    assertThat(script.expectEnd(EndReason.Kind.REFUSED).reason()).startsWith("" + status);
    assertThat(script.moves()).isEmpty();
  }

  /** The session would have to be set up anew: that is the next connection's. */
  @Test
  void a461ToPlayIsAnotherTransportsTurnWhereThereIsOne() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expectSetUps(60).expectPrepared();
    script.expect("PLAY", URL).answer(461);
    script.expectEnd(EndReason.Kind.TRANSPORT_REFUSED);
    script = described(TransportPlan.udp(), TransportPlan.udpSpelledOut());
    expectUdp(script, 0, 5000).answer(200, "Session", "abc");
    expectUdp(script, 1, 5002).answer(200).expectPrepared();
    script.expect("PLAY", URL).answer(461);
    script.expectEnd(EndReason.Kind.NO_TRANSPORT);
  }

  /** What a connection ends at by one transport may go by another. */
  @Test
  void theRequestThatIsOpenSaysWhichTransportItAsksFor() {
    Script script = described(TransportPlan.interleaved(), TransportPlan.udp());
    script.expect("SETUP", URL + "/track0");
    assertThat(script.openRequest()).contains("SETUP " + URL + "/track0");
    script.answer(461);
    expectUdp(script, 0, 5000);
    assertThat(script.openRequest()).contains("SETUP " + URL + "/track0 by datagrams");
  }

  @Test
  void portsThatCannotBeOpenedMoveItOnToo() {
    Script script = described(TransportPlan.udp(), TransportPlan.interleaved());
    script.expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.PortsFailed("too many open files"));
    script.expectSetUps(60).expectPlay();
    assertThat(script.moves()).containsExactly("too many open files");
  }

  @Test
  void withoutAnotherTransportItEndsThere() {
    Script script = described(TransportPlan.udp());
    script.expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.PortsFailed("too many open files"));
    script.expect(new DialogueCommand.OpenPorts(1));
    script.tell(new DialogueEvent.PortsFailed("too many open files"));
    assertThat(script.expectEnd(EndReason.Kind.LOCAL).reason()).isEqualTo("too many open files");
  }

  @Test
  void portsThatOpenWhenAllIsOverChangeNothing() {
    Script script = described(TransportPlan.udp()).expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.Teardown()).expectRequest("TEARDOWN");
    script.tell(new DialogueEvent.PortsOpened(new Pair(5000, 5001))).expectSilence();
    script.tell(new DialogueEvent.PortsFailed("late")).expectSilence();
  }

  @Test
  void aLostSessionOpensNewPorts() {
    Script script = described(TransportPlan.udp());
    expectUdp(script, 0, 5000).answer(200, "Session", "abc");
    expectUdp(script, 1, 5002).answer(200);
    script.expectPlay().answerMethods(200).pass(30_000).expectRequest("OPTIONS").answer(454);
    expectUdp(script, 0, 5004).answer(200, "Session", "abc");
    expectUdp(script, 1, 5006).answer(200);
    script.expectPlay();
  }

  // ---- Groups

  private static final String GROUP = "RTP/AVP;multicast;destination=239.1.2.3;port=";

  private static Script expectGroup(Script script, int index, int port) {
    script.expect("SETUP", URL + "/track" + index);
    script.expectHeader("Transport", "RTP/AVP;multicast");
    script.answer(200, "Transport", GROUP + port + "-" + (port + 1), "Session", "abc");
    return script.expect(new DialogueCommand.JoinGroup(index, group(port))).expectSilence();
  }

  private static TrackTransport.Multicast group(int port) {
    try {
      return new TrackTransport.Multicast(
          InetAddress.getByAddress(new byte[] {(byte) 239, 1, 2, 3}),
          new Pair(port, port + 1),
          OptionalInt.empty(),
          Optional.empty());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Nothing of the media is lost, and a group that cannot be joined is known before PLAY. */
  @Test
  void eachGroupIsJoinedBeforePlay() {
    Script script = described(TransportPlan.multicast(OptionalInt.empty()));
    expectGroup(script, 0, 5000).tell(new DialogueEvent.GroupJoined());
    expectGroup(script, 1, 5002).tell(new DialogueEvent.GroupJoined());
    assertThat(script.expectPrepared())
        .extracting(Track::transport)
        .containsExactly(group(5000), group(5002));
    script.expect("PLAY", URL).answer(200).expect(new DialogueCommand.Playing());
  }

  @Test
  void aMediaWhoseGroupCannotBeJoinedIsLeftOut() {
    Script script = described(TransportPlan.multicast(OptionalInt.empty()));
    expectGroup(script, 0, 5000).tell(new DialogueEvent.PortsFailed("no such interface"));
    expectGroup(script, 1, 5002).tell(new DialogueEvent.GroupJoined());
    assertThat(script.expectPrepared()).hasSize(1);
    assertThat(script.leftOut()).containsExactly("video: no such interface");
  }

  @Test
  void aGroupThatIsJoinedWhenAllIsOverChangesNothing() {
    Script script = described(TransportPlan.multicast(OptionalInt.empty()));
    expectGroup(script, 0, 5000).tell(new DialogueEvent.Teardown()).expectRequest("TEARDOWN");
    script.tell(new DialogueEvent.GroupJoined()).expectSilence();
  }

  @Test
  void aLateWordOfAGroupIsNotTheNextOnes() {
    Script script = described(TransportPlan.multicast(OptionalInt.empty()));
    expectGroup(script, 0, 5000).tell(new DialogueEvent.PortsFailed("no such interface"));
    script.expect("SETUP", URL + "/track1");
    script.tell(new DialogueEvent.GroupJoined()).expectSilence();
  }
}
