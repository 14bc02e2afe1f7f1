package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The publisher's side of a connection, in virtual time. */
class PublishDialogueTest implements PublishCommand.Driver {
  private static final String URL = "rtsp://192.0.2.9:8554/cam";
  private static final long SECOND = 1_000_000_000L;
  private static final String SDP =
      """
      v=0
      s=Front door
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      m=audio 0 RTP/AVP 0
      """;

  private final List<RtspRequest> requests = new ArrayList<>();
  private final List<RtspResponse> answers = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final List<Integer> portsFor = new ArrayList<>();
  private List<TrackTransport> tracks = List.of();
  private @Nullable EndReason end;

  /** Somewhere where a clock of nanoseconds wraps soon. */
  private long now = Long.MAX_VALUE - SECOND;

  private PublishDialogue dialogue = dialogue(null);

  private static PublishDialogue dialogue(@Nullable Credentials credentials) {
    return dialogue(credentials, List.of(TransportPlan.interleaved()));
  }

  private static PublishDialogue dialogue(
      @Nullable Credentials credentials, List<TransportPlan> transports) {
    try {
      SessionDescription sdp = SessionDescription.parse(SDP);
      return new PublishDialogue(
          new PublishOptions(
              RtspUrl.parse(URL),
              credentials,
              AuthenticationScheme.AUTO,
              new ServedStream(sdp.name(), sdp.media()),
              transports,
              KeepAliveMethod.AUTO,
              Duration.ofSeconds(5),
              "test"),
          new Random(1));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // ---- As the server

  private void run(Runnable event) {
    event.run();
    for (PublishCommand c = dialogue.poll(); c != null; c = dialogue.poll()) {
      assertThat(end).as("said after the end: %s", c).isNull();
      c.run(this);
    }
    assertThat(dialogue.deadline().isPresent()).isEqualTo(end == null);
  }

  private RtspRequest last() {
    return requests.get(requests.size() - 1);
  }

  private void answer(int status, String... headers) {
    String cseq = last().headers().first("CSeq").orElseThrow();
    receive(RtspResponse.of(status, "said", Headers.of(headers).plus("CSeq", cseq)));
  }

  private void receive(RtspMessage message) {
    run(() -> dialogue.received(message, now));
  }

  private void pass(long nanos) {
    now += nanos;
    run(() -> dialogue.tick(now));
  }

  private void connect() {
    run(() -> dialogue.connected(now));
  }

  private void record() {
    connect();
    answer(200);
    answer(200, "Session", "abc;timeout=20", "Transport", "RTP/AVP/TCP;interleaved=0-1");
    answer(200, "Session", "abc", "Transport", "RTP/AVP/TCP;interleaved=6-7");
    answer(200, "Session", "abc");
  }

  @Override
  public void send(RtspMessage message) {
    if (message instanceof RtspRequest request) {
      requests.add(request);
    } else {
      answers.add((RtspResponse) message);
    }
  }

  @Override
  public void openPorts(int track) {
    portsFor.add(track);
  }

  @Override
  public void transportRefused(String reason) {
    refusals.add(reason);
  }

  @Override
  public void recording(List<TrackTransport> of) {
    tracks = of;
  }

  @Override
  public void ended(EndReason reason) {
    end = reason;
  }

  private EndReason.Kind kind() {
    return end == null ? EndReason.Kind.LOCAL : end.kind();
  }

  // ---- The way to RECORD

  @Test
  void announcesSetsUpAndRecords() {
    record();
    assertThat(requests)
        .extracting(request -> request.method() + " " + request.uri())
        .containsExactly(
            "ANNOUNCE " + URL,
            "SETUP " + URL + "/trackID=1",
            "SETUP " + URL + "/trackID=2",
            "RECORD " + URL);
    assertThat(requests.get(0).body().text())
        .contains("m=video 0 RTP/AVP 96\r\n", "a=rtpmap:96 H264/90000", "a=control:trackID=2");
    assertThat(requests.get(0).headers().first("Content-Type")).contains("application/sdp");
    assertThat(requests.get(2).headers().first("Transport"))
        .contains("RTP/AVP/TCP;unicast;mode=record;interleaved=2-3");
    assertThat(requests.get(2).headers().first("Session")).contains("abc");
    assertThat(tracks)
        .containsExactly(
            new TrackTransport.Interleaved(new Pair(0, 1)),
            new TrackTransport.Interleaved(new Pair(6, 7)));
    assertThat(end).isNull();
  }

  @Test
  void aChallengeIsAnswered() {
    dialogue = dialogue(new Credentials("anna", "secret"));
    connect();
    answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    assertThat(last().method()).isEqualTo(Method.ANNOUNCE);
    assertThat(last().headers().first("Authorization"))
        .hasValueSatisfying(header -> assertThat(header).startsWith("Digest username=\"anna\""));
    assertThat(last().body().text()).isEqualTo(requests.get(0).body().text());
    answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"m\"");
    assertThat(kind()).isEqualTo(EndReason.Kind.UNAUTHORIZED);
  }

  /** A server that records without a login and wants one here has not refused what is sent. */
  @Test
  void aKeepAliveThatNeedsALoginIsNoEnd() {
    record();
    pass(30 * SECOND);
    answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    assertThat(end).isNull();
    int asked = requests.size();
    pass(30 * SECOND);
    assertThat(requests).hasSizeGreaterThan(asked);
    assertThat(end).isNull();
  }

  @Test
  void withoutCredentialsAChallengeIsTheEnd() {
    connect();
    answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    assertThat(kind()).isEqualTo(EndReason.Kind.LOGIN_NEEDED);
  }

  @ParameterizedTest
  @CsvSource({
    "404,NOT_FOUND",
    "405,REFUSED",
    "453,AT_CAPACITY",
    "503,AT_CAPACITY",
    "461,NO_TRANSPORT",
    "500,REFUSED"
  })
  void aRefusalIsTheEnd(int status, EndReason.Kind expected) {
    connect();
    answer(status, "Retry-After", "7");
    assertThat(kind()).isEqualTo(expected);
    EndReason said = Objects.requireNonNull(end);
    assertThat(said.reason()).startsWith(status + " said to ANNOUNCE " + URL);
    boolean full = expected == EndReason.Kind.AT_CAPACITY;
    assertThat(said.retryAfter()).isEqualTo(Duration.ofSeconds(full ? 7 : 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {405, 501, 551})
  void aServerThatKnowsNoAnnounceIsSaidToTakeNothing(int status) {
    connect();
    answer(status);
    assertThat(Objects.requireNonNull(end).reason())
        .endsWith(": the server takes no stream that is published");
  }

  @Test
  void aRedirectIsFollowedByTheCaller() {
    connect();
    answer(302, "Location", "rtsp://192.0.2.10/other");
    assertThat(kind()).isEqualTo(EndReason.Kind.REDIRECTED);
  }

  @Test
  void aSetupWithoutASessionIsBroken() {
    connect();
    answer(200);
    answer(200, "Transport", "RTP/AVP/TCP;interleaved=0-1");
    assertThat(kind()).isEqualTo(EndReason.Kind.BROKEN);
  }

  @Test
  void anAnswerThatStaysAwayIsTheEnd() {
    connect();
    pass(5 * SECOND - 1);
    assertThat(end).isNull();
    pass(1);
    assertThat(kind()).isEqualTo(EndReason.Kind.SILENT);
  }

  // ---- Over UDP

  private void portsOpened(int rtp) {
    run(() -> dialogue.portsOpened(new Pair(rtp, rtp + 1), now));
  }

  private static String udp(int client, int server) {
    return "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d;mode=record"
        .formatted(client, client + 1, server, server + 1);
  }

  @Test
  void eachTrackHasPorts() {
    dialogue = dialogue(null, List.of(TransportPlan.udp()));
    connect();
    answer(200);
    assertThat(portsFor).containsExactly(0);
    assertThat(requests).hasSize(1);
    portsOpened(5000);
    assertThat(last().headers().first("Transport"))
        .contains("RTP/AVP;unicast;mode=record;client_port=5000-5001");
    answer(200, "Session", "abc", "Transport", udp(5000, 7000));
    portsOpened(5002);
    answer(200, "Session", "abc", "Transport", udp(5002, 7002));
    assertThat(portsFor).containsExactly(0, 1);
    answer(200, "Session", "abc");
    assertThat(tracks)
        .extracting(track -> ((TrackTransport.Udp) track).server().orElseThrow())
        .containsExactly(new Pair(7000, 7001), new Pair(7002, 7003));
  }

  /** With the login that was asked for, the same ports are named again. */
  @Test
  void aChallengeToSetupIsAnsweredWithTheSamePorts() {
    dialogue = dialogue(new Credentials("anna", "secret"), List.of(TransportPlan.udp()));
    connect();
    answer(200);
    portsOpened(5000);
    answer(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"");
    assertThat(portsFor).containsExactly(0);
    assertThat(last().headers().first("Transport").orElseThrow()).contains("client_port=5000");
    assertThat(last().headers().first("Authorization")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "461, ''",
    "406, ''",
    "200, RTP/AVP/TCP;unicast;interleaved=0-1",
    "200, RTP/AVP;unicast;client_port=5000-5001", // and no server_port
  })
  void whatTheServerDoesNotTakeIsFollowedByTheNextTransport(int status, String transport) {
    dialogue = dialogue(null, List.of(TransportPlan.udp(), TransportPlan.interleaved()));
    connect();
    answer(200);
    portsOpened(5000);
    answer(status, "Session", "abc", "Transport", transport);
    assertThat(refusals).hasSize(1);
    assertThat(last().headers().first("Transport"))
        .contains("RTP/AVP/TCP;unicast;mode=record;interleaved=0-1");
    answer(461);
    assertThat(kind()).isEqualTo(EndReason.Kind.NO_TRANSPORT);
    assertThat(Objects.requireNonNull(end).reason()).contains("does not take media over the RTSP");
  }

  @Test
  void withoutPortsTheNextTransportIsAskedFor() {
    dialogue = dialogue(null, List.of(TransportPlan.udp(), TransportPlan.interleaved()));
    connect();
    answer(200);
    run(() -> dialogue.portsFailed("no ports", now));
    assertThat(refusals).containsExactly("no ports");
    assertThat(last().headers().first("Transport").orElseThrow()).contains("interleaved=0-1");
  }

  /** One transport holds for all tracks. */
  @Test
  void aRefusalOfALaterTrackIsTheEnd() {
    dialogue = dialogue(null, List.of(TransportPlan.interleaved(), TransportPlan.udp()));
    connect();
    answer(200);
    answer(200, "Session", "abc", "Transport", "RTP/AVP/TCP;interleaved=0-1");
    answer(461);
    assertThat(kind()).isEqualTo(EndReason.Kind.NO_TRANSPORT);
  }

  // ---- While it records

  @Test
  void theSessionIsKeptAlive() {
    record();
    pass(10 * SECOND - 1);
    assertThat(last().method()).isEqualTo(Method.RECORD);
    pass(1);
    assertThat(last().method()).isEqualTo(Method.OPTIONS);
    assertThat(last().headers().first("Session")).contains("abc");
    answer(501);
    assertThat(last().method()).isEqualTo(Method.GET_PARAMETER);
    answer(200);
    pass(10 * SECOND);
    assertThat(last().method()).isEqualTo(Method.GET_PARAMETER);
    answer(454);
    assertThat(kind()).isEqualTo(EndReason.Kind.SESSION_LOST);
  }

  @Test
  void aServerThatAnswersNothingIsGone() {
    record();
    int before = requests.size();
    while (end == null) {
      pass(SECOND);
      assertThat(requests.size() - before).isLessThanOrEqualTo(2);
    }
    assertThat(requests).hasSize(before + 2);
    assertThat(kind()).isEqualTo(EndReason.Kind.DEAD);
  }

  @Test
  void theServersRequestsAreAnswered() {
    record();
    receive(RtspRequest.of(Method.OPTIONS, "*", Headers.of("CSeq", "9")));
    assertThat(answers).hasSize(1);
    receive(RtspRequest.of(Method.TEARDOWN, URL, Headers.of("CSeq", "10")));
    assertThat(answers).hasSize(2);
    assertThat(kind()).isEqualTo(EndReason.Kind.ENDED_BY_CAMERA);
  }

  // ---- The end

  @Test
  void itLeavesInOrder() {
    record();
    run(() -> dialogue.tearDown(now));
    assertThat(last().method()).isEqualTo(Method.TEARDOWN);
    answer(200);
    assertThat(kind()).isEqualTo(EndReason.Kind.LEFT);
    assertThat(dialogue.deadline()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void aTeardownThatIsNotAnsweredIsNotWaitedForLong() {
    record();
    run(() -> dialogue.tearDown(now));
    pass(SECOND);
    assertThat(kind()).isEqualTo(EndReason.Kind.LEFT);
  }

  @Test
  void beforeThereIsASessionThereIsNothingToTearDown() {
    connect();
    run(() -> dialogue.tearDown(now));
    assertThat(requests).hasSize(1);
    assertThat(kind()).isEqualTo(EndReason.Kind.LEFT);
  }
}
