package dev.photofinish.rtsp.dialogue.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.SessionHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A reader of a {@link ServerDialogue} in virtual milliseconds, over a {@link FakeDriver} that
 * serves {@link #URL}, of two tracks. The contract is asserted after each event.
 */
final class ServerScript {
  static final String URL = "rtsp://192.0.2.9:8554/cam";
  static final String TCP = "RTP/AVP/TCP;unicast;interleaved=0-1";
  static final String UDP = "RTP/AVP;unicast;client_port=5000-5001";
  static final ServedStream CAM =
      stream(
          """
          v=0
          s=Front door
          m=video 0 RTP/AVP 96
          a=rtpmap:96 H264/90000
          a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAH5WoFAFu,aM48gA==
          m=audio 0 RTP/AVP 0
          """);

  private static final long MS = 1_000_000;

  /** Somewhere where a clock of nanoseconds wraps soon. */
  private long now = Long.MAX_VALUE - 100 * MS;

  private final ServerDialogue dialogue;
  private final FakeDriver driver = new FakeDriver();
  private boolean malformed;
  private int cseq;

  ServerScript() {
    this(ServerSettings.DEFAULT, false, Access.open());
  }

  ServerScript(ServerSettings settings, boolean encrypted, Access access) {
    dialogue = new ServerDialogue(settings, encrypted, access, new Random(1), now);
  }

  static ServedStream stream(String sdp) {
    try {
      SessionDescription parsed = SessionDescription.parse(sdp);
      return new ServedStream(parsed.name(), parsed.media());
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Also serves another stream. */
  ServerScript serving(String name, ServedStream stream) {
    driver.served.put(name, stream);
    return this;
  }

  /** Refuses this kind of transport, or all streams where it is {@link ServedStream}. */
  ServerScript refusing(Class<?> kind, Refusal refusal) {
    driver.refusals.put(kind, refusal);
    return this;
  }

  void granting(Class<?> kind) {
    driver.refusals.remove(kind);
  }

  /** Tickets stay open until the test answers them. */
  ServerScript waiting() {
    setWaiting(true);
    return this;
  }

  void setWaiting(boolean waits) {
    driver.waits = waits;
  }

  // ---- As a reader

  /** Sends a request, and returns its answer. */
  RtspResponse ask(String method, String uri, String... headers) {
    int before = driver.answers.size();
    send(method, uri, headers);
    assertThat(driver.answers).as("answers to %s", method).hasSize(before + 1);
    return driver.answers.get(before);
  }

  /** As {@link #ask}, with a body. */
  RtspResponse askWith(String body, String method, String uri, String... headers) {
    int before = driver.answers.size();
    String[] all = with(headers, "CSeq", String.valueOf(++cseq));
    send(request(method, uri, body, all));
    assertThat(driver.answers).as("answers to %s", method).hasSize(before + 1);
    return driver.answers.get(before);
  }

  /** Sends a request that may have to wait. */
  ServerScript send(String method, String uri, String... headers) {
    return send(
        RtspRequest.of(
            new Method(method), uri, Headers.of(headers).plus("CSeq", String.valueOf(++cseq))));
  }

  ServerScript send(RtspMessage message) {
    if (message instanceof RtspRequest request && !malformed) {
      driver.unanswered.add(request.cseq());
    }
    return tell(new ServerEvent.Received(message));
  }

  /** Sets up a track, by its number, and returns the session's id. */
  String setUp(int track, String transport, String... headers) {
    RtspResponse answer =
        ask("SETUP", URL + "/trackID=" + track, with(headers, "Transport", transport));
    assertThat(answer.status()).isEqualTo(200);
    return session(answer);
  }

  /** Sets up the first track, and plays. */
  String play(String transport) {
    String session = setUp(1, transport);
    assertThat(ask("PLAY", URL + "/", "Session", session).status()).isEqualTo(200);
    driver.said.clear();
    return session;
  }

  /** Sets up what {@code lobby} serves, which is as {@code cam}. */
  void setUpLobby() {
    serving("lobby", CAM);
    String url = "rtsp://192.0.2.9/lobby";
    ask("DESCRIBE", url);
    ask("SETUP", url + "/trackID=1", "Transport", UDP);
  }

  static String[] with(String[] headers, String name, String value) {
    var all = new ArrayList<>(List.of(headers));
    all.add(name);
    all.add(value);
    return all.toArray(new String[0]);
  }

  static String session(RtspResponse answer) {
    try {
      return SessionHeader.parse(answer.headers().first("Session").orElseThrow()).id();
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  static RtspRequest request(String method, String uri, String body, String... headers) {
    return new RtspRequest(new Method(method), uri, Headers.of(headers), Body.of(body));
  }

  // ---- As its driver

  ServerScript tell(ServerEvent event) {
    if (event instanceof ServerEvent.Malformed what && !malformed) {
      malformed = true;
      driver.unanswered.add(what.cseq());
    }
    driver.ended |= event instanceof ServerEvent.Closed;
    boolean over = dialogue.isOver();
    dialogue.handle(event, now);
    for (ServerCommand c = dialogue.poll(); c != null; c = dialogue.poll()) {
      assertThat(over).as("said after the end: %s", c).isFalse();
      c.run(driver);
    }
    assertThat(dialogue.deadline().isPresent()).isEqualTo(!dialogue.isOver());
    assertThat(dialogue.isOver()).isEqualTo(driver.ended);
    if (driver.ended) {
      assertThat(driver.open).as("sessions that were not closed").isEmpty();
      assertThat(driver.ticket).as("a ticket that was not cancelled").isNull();
    }
    for (ServerEvent reply = driver.replies.poll(); reply != null; reply = driver.replies.poll()) {
      driver.answered(reply);
      tell(reply);
    }
    return this;
  }

  /** Answers the open ticket. */
  ServerScript reply(ServerEvent event) {
    driver.answered(event);
    return tell(event);
  }

  /** Answers the open ticket as a driver does that does not wait. */
  void replyAsAsked() {
    reply(Objects.requireNonNull(driver.later).get());
  }

  /** The requests that have no answer yet. */
  int waits() {
    return driver.unanswered.size();
  }

  /** The sessions that are open. */
  List<String> sessions() {
    return driver.open.keySet().stream().sorted().toList();
  }

  long ticket() {
    return Objects.requireNonNull(driver.ticket);
  }

  boolean hasTicket() {
    return driver.ticket != null;
  }

  /** The ticket that was cancelled last. */
  long cancelled() {
    return Objects.requireNonNull(driver.cancelled);
  }

  /** Virtual time passes; the deadlines in between are kept. */
  ServerScript pass(long millis) {
    long end = now + millis * MS;
    int ticks = 0;
    while (dialogue.deadline().isPresent() && dialogue.deadline().getAsLong() - end <= 0) {
      now = dialogue.deadline().getAsLong();
      tell(new ServerEvent.Tick());
      assertThat(++ticks).as("ticks that change nothing").isLessThan(1000);
    }
    now = end;
    return this;
  }

  // ---- What was seen

  /** The commands, but for what was sent, since the last call. */
  List<String> said() {
    List<String> all = List.copyOf(driver.said);
    driver.said.clear();
    return all;
  }

  /** All answers so far. */
  List<RtspResponse> answers() {
    return driver.answers;
  }

  List<Integer> statuses() {
    return driver.answers.stream().map(RtspResponse::status).toList();
  }

  /** The transport that the driver was asked for last. */
  TransportOffer lastOffer() {
    return Objects.requireNonNull(driver.offer);
  }

  /** The stream that the driver was asked for last. */
  StreamRequest lastStream() {
    return Objects.requireNonNull(driver.stream);
  }

  /** What the server asked the reader. */
  List<RtspRequest> requests() {
    return driver.requests;
  }

  boolean isOver() {
    return dialogue.isOver();
  }

  static String header(RtspMessage message, String name) {
    return message.headers().first(name).orElse("");
  }
}
