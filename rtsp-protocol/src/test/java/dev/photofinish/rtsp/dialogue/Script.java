package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link Dialogue} in virtual milliseconds: {@code expect} what it says, {@code answer} as
 * a camera would. Asserts the driver's contract: nothing after the end.
 */
final class Script {
  /** That of our reports. */
  static final int SSRC = 0x11223344;

  static final String URL = "rtsp://192.0.2.1/stream";
  static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 0.0.0.0
      s=-
      t=0 0
      a=control:*
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:track0
      m=audio 0 RTP/AVP 0
      a=control:track1
      """;

  /** Most tests look at one request at a time; {@link PipeliningTest} at those sent ahead. */
  static final KnownDevice ONE_BY_ONE = new KnownDevice(Set.of(), Set.of(Trait.NO_PIPELINING));

  private static final long MS = 1_000_000;

  private final Dialogue dialogue;
  private final List<DialogueCommand> said = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> without = new ArrayList<>();
  private final List<String> moves = new ArrayList<>();
  private final List<String> given = new ArrayList<>();
  private @Nullable RtspRequest methodsAsked;
  private final List<Trait> traits = new ArrayList<>();
  private final List<PlayRequest> played = new ArrayList<>();
  private long now;
  private @Nullable RtspRequest last;
  private boolean ended;

  Script() {
    this(null, KeepAliveMethod.AUTO, Quirk.defaults());
  }

  Script(@Nullable Credentials credentials) {
    this(credentials, KeepAliveMethod.AUTO, Quirk.defaults());
  }

  /** A dialogue about another address than {@link #URL}. */
  Script(String url) {
    this(url, null, KeepAliveMethod.AUTO, Quirk.defaults());
  }

  Script(@Nullable Credentials credentials, KeepAliveMethod keepAlive, Set<Quirk> quirks) {
    this(URL, credentials, keepAlive, quirks);
  }

  private Script(
      String url, @Nullable Credentials credentials, KeepAliveMethod keepAlive, Set<Quirk> quirks) {
    this(
        new DialogueOptions(
            url(url),
            credentials,
            AuthenticationScheme.AUTO,
            DialogueOptions.ALL_MEDIA,
            List.of(TransportPlan.interleaved()),
            keepAlive,
            Duration.ofSeconds(10),
            "Test",
            quirks,
            ONE_BY_ONE,
            PlayRequest.LIVE,
            false,
            SessionIdPolicy.FIRST));
  }

  Script(DialogueOptions options) {
    dialogue = new Dialogue(options, new LocalSource(SSRC, () -> Instant.EPOCH), new Random(1));
  }

  /** About {@link #URL}: media of these types alone, and without the requests that were fatal. */
  static Script of(Set<String> media, Set<String> fatal) {
    KnownDevice known = new KnownDevice(fatal, Set.of(Trait.NO_PIPELINING));
    return about(null, media, List.of(TransportPlan.interleaved()), known, PlayRequest.LIVE);
  }

  /** About {@link #URL} with a camera of which so much is known. */
  static Script knowing(@Nullable Credentials credentials, KnownDevice known) {
    List<TransportPlan> transports = List.of(TransportPlan.interleaved(), TransportPlan.udp());
    return about(credentials, DialogueOptions.ALL_MEDIA, transports, known, PlayRequest.LIVE);
  }

  /** About {@link #URL} with a camera that takes requests one by one, and is asked to play this. */
  static Script of(PlayRequest play) {
    List<TransportPlan> transports = List.of(TransportPlan.interleaved());
    return about(null, DialogueOptions.ALL_MEDIA, transports, ONE_BY_ONE, play);
  }

  /** About {@link #URL}, by these transports, the first one first. */
  static Script by(TransportPlan... transports) {
    return about(
        null, DialogueOptions.ALL_MEDIA, List.of(transports), ONE_BY_ONE, PlayRequest.LIVE);
  }

  private static Script about(
      @Nullable Credentials credentials,
      Set<String> media,
      List<TransportPlan> transports,
      KnownDevice known,
      PlayRequest play) {
    return new Script(
        new DialogueOptions(
            url(URL),
            credentials,
            AuthenticationScheme.AUTO,
            media,
            transports,
            KeepAliveMethod.AUTO,
            Duration.ofSeconds(10),
            "Test",
            Quirk.defaults(),
            known,
            play,
            false,
            SessionIdPolicy.FIRST));
  }

  /** About {@link #URL}, asking for a back channel too, of a camera of which so much is known. */
  static Script withBackChannel(KnownDevice known, TransportPlan... transports) {
    return new Script(options(List.of(transports), known, true, SessionIdPolicy.FIRST));
  }

  /** About {@link #URL}, with this policy for ids of the session. */
  static Script by(SessionIdPolicy policy) {
    List<TransportPlan> transports = List.of(TransportPlan.interleaved());
    return new Script(options(transports, ONE_BY_ONE, false, policy));
  }

  private static DialogueOptions options(
      List<TransportPlan> transports,
      KnownDevice known,
      boolean backChannel,
      SessionIdPolicy policy) {
    return new DialogueOptions(
        url(URL),
        null,
        AuthenticationScheme.AUTO,
        DialogueOptions.ALL_MEDIA,
        transports,
        KeepAliveMethod.AUTO,
        Duration.ofSeconds(10),
        "Test",
        Quirk.defaults(),
        known,
        PlayRequest.LIVE,
        backChannel,
        policy);
  }

  private static RtspUrl url(String text) {
    try {
      return RtspUrl.parse(text);
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Plays up to the answer to PLAY, with a session of {@code timeout} seconds. */
  static Script playing(int timeout, String advertised) {
    return new Script().play(timeout, advertised);
  }

  Script play(int timeout, String advertised) {
    tell(new DialogueEvent.Connected());
    tell(new DialogueEvent.Selected());
    return setUp(timeout).answerMethods(200, "Public", advertised);
  }

  /** From DESCRIBE to the answer to PLAY. */
  Script setUp(int timeout) {
    expect("DESCRIBE", URL).describe(SDP);
    expectSetUps(timeout);
    return expectPlay();
  }

  Script expectSetUps(int timeout) {
    for (int track = 0; track < 2; track++) {
      String channels = 2 * track + "-" + (2 * track + 1);
      expect("SETUP", URL + "/track" + track)
          .expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channels)
          .answer(
              200,
              "Transport",
              "RTP/AVP/TCP;unicast;interleaved=" + channels,
              "Session",
              "abc;timeout=" + timeout);
    }
    return this;
  }

  /** Describes, and goes on to the answer to PLAY. */
  Script setUpAfterDescribe() {
    describe(SDP);
    return expectSetUps(60).expectPlay();
  }

  Script expectPlay() {
    expectPrepared();
    expect("PLAY", URL).expectHeader("Session", "abc").answer(200);
    return expect(new DialogueCommand.Playing());
  }

  List<Track> expectPrepared() {
    DialogueCommand next = take();
    assertThat(next).isInstanceOf(DialogueCommand.Prepared.class);
    return ((DialogueCommand.Prepared) next).tracks();
  }

  Script tell(DialogueEvent event) {
    dialogue.handle(event, now);
    for (DialogueCommand c = dialogue.poll(); c != null; c = dialogue.poll()) {
      assertThat(ended).as("said after the end: %s", c).isFalse();
      ended = c instanceof DialogueCommand.Ended;
      if (c instanceof DialogueCommand.TrackSkipped left) {
        leftOut.add(left.media().type() + ": " + left.reason());
      } else if (c instanceof DialogueCommand.WithoutBackChannel missing) {
        without.add(missing.reason());
      } else if (c instanceof DialogueCommand.TransportRefused refused) {
        moves.add(refused.reason());
      } else if (c instanceof DialogueCommand.TransportGiven other) {
        given.add(other.what());
      } else if (c instanceof DialogueCommand.Learnt learnt) {
        traits.add(learnt.trait());
      } else if (c instanceof DialogueCommand.PlayAnswered answered) {
        played.add(answered.asked());
      } else if (isQuestionOfMethods(c)) {
        methodsAsked = (RtspRequest) ((DialogueCommand.Send) c).message();
      } else if (!(c instanceof DialogueCommand.Responded)) {
        said.add(c);
      }
    }
    return this;
  }

  /** The OPTIONS right behind PLAYING, which few tests look at: it is set aside. */
  private boolean isQuestionOfMethods(DialogueCommand command) {
    boolean playing =
        !said.isEmpty() && said.get(said.size() - 1) instanceof DialogueCommand.Playing;
    return playing
        && command instanceof DialogueCommand.Send send
        && send.message() instanceof RtspRequest request
        && request.method().name().equals("OPTIONS");
  }

  /** The OPTIONS that the camera was sent when all played; null if it was not. */
  @Nullable RtspRequest methodsAsked() {
    return methodsAsked;
  }

  /** Answers {@link #methodsAsked}, if it was. */
  Script answerMethods(int status, String... headers) {
    if (methodsAsked == null) {
      return this;
    }
    String cseq = String.valueOf(methodsAsked.cseq().orElseThrow());
    methodsAsked = null;
    return receive(RtspResponse.of(status, "Status", Headers.of(headers).plus("CSeq", cseq)));
  }

  /** Virtual time passes; the deadlines in between are kept. */
  Script pass(long millis) {
    long end = now + millis * MS;
    while (dialogue.deadline().isPresent() && dialogue.deadline().getAsLong() <= end) {
      now = dialogue.deadline().getAsLong();
      tell(new DialogueEvent.Tick());
    }
    now = end;
    return this;
  }

  /** The next thing said is a request. */
  Script expect(String method, String uri) {
    expectRequest(method);
    assertThat(request().uri()).isEqualTo(uri);
    return this;
  }

  /** The next thing said, whatever it is. */
  DialogueCommand expectAny() {
    return take();
  }

  /** The next thing said is a request, wherever it goes. */
  Script expectRequest(String method) {
    RtspMessage message = message();
    assertThat(message).isInstanceOf(RtspRequest.class);
    last = (RtspRequest) message;
    assertThat(last.method().name()).isEqualTo(method);
    return this;
  }

  Script expect(DialogueCommand command) {
    assertThat(take()).isEqualTo(command);
    return this;
  }

  Script expectHeader(String name, @Nullable String value) {
    assertThat(request().headers().first(name).orElse(null)).isEqualTo(value);
    return this;
  }

  EndReason expectEnd(EndReason.Kind kind) {
    DialogueCommand next = take();
    assertThat(next).isInstanceOf(DialogueCommand.Ended.class);
    EndReason end = ((DialogueCommand.Ended) next).end();
    assertThat(end.kind()).as(end.reason()).isEqualTo(kind);
    assertThat(dialogue.deadline()).isEmpty();
    return end;
  }

  Script expectSilence() {
    assertThat(said).isEmpty();
    return this;
  }

  RtspResponse response() {
    RtspMessage message = message();
    assertThat(message).isInstanceOf(RtspResponse.class);
    return (RtspResponse) message;
  }

  private RtspMessage message() {
    DialogueCommand next = take();
    assertThat(next).isInstanceOf(DialogueCommand.Send.class);
    return ((DialogueCommand.Send) next).message();
  }

  private DialogueCommand take() {
    assertThat(said).as("nothing was said").isNotEmpty();
    return said.remove(0);
  }

  RtspRequest request() {
    return Objects.requireNonNull(last);
  }

  Script describe(String sdp) {
    return receive(
        new RtspResponse(
            200,
            "OK",
            Headers.of("CSeq", cseq(), "Content-Type", "application/sdp"),
            Body.of(sdp)));
  }

  private String cseq() {
    return String.valueOf(request().cseq().orElseThrow());
  }

  /** Answers the latest request. */
  Script answer(int status, String... headers) {
    Headers all = Headers.of(headers);
    return receive(RtspResponse.of(status, "Status", all.plus("CSeq", cseq())));
  }

  Script answerWithoutCseq(int status, String... headers) {
    return receive(RtspResponse.of(status, "Status", Headers.of(headers)));
  }

  Script receive(RtspMessage message) {
    return tell(new DialogueEvent.Received(message));
  }

  /** The camera asks. */
  Script ask(String method, String... headers) {
    Headers all = Headers.of(headers).plus(HeaderNames.CSEQ, "77");
    return receive(RtspRequest.of(new Method(method), "*", all));
  }

  /** {@code audio: 461 ...}, in order. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** Why there is no back channel, in order. */
  List<String> withoutBackChannel() {
    return List.copyOf(without);
  }

  /** Why another transport was asked for, in order. */
  List<String> moves() {
    return List.copyOf(moves);
  }

  /** The transports that the camera gave in place of what it was asked for, and that were taken. */
  List<String> given() {
    return List.copyOf(given);
  }

  /** What the camera showed, in order. */
  List<Trait> traits() {
    return List.copyOf(traits);
  }

  /** What the camera said it plays, in order. */
  List<PlayRequest> played() {
    return List.copyOf(played);
  }

  Optional<String> description() {
    return dialogue.description();
  }

  Optional<String> openRequest() {
    return dialogue.openRequest();
  }

  EndReason endedBy(EndReason closed) {
    return dialogue.endedBy(closed);
  }

  boolean isPipelining() {
    return dialogue.isPipelining();
  }

  DialogueState state() {
    return dialogue.state();
  }
}
