package dev.photofinish.rtsp.session;

import static dev.photofinish.rtsp.session.DialogueState.DESCRIBING;
import static dev.photofinish.rtsp.session.DialogueState.GREETED;
import static dev.photofinish.rtsp.session.DialogueState.GREETING;
import static dev.photofinish.rtsp.session.DialogueState.IDLE;
import static dev.photofinish.rtsp.session.DialogueState.LEAVING;
import static dev.photofinish.rtsp.session.DialogueState.OVER;
import static dev.photofinish.rtsp.session.DialogueState.PLAYING;
import static dev.photofinish.rtsp.session.DialogueState.SETTING_UP;
import static dev.photofinish.rtsp.session.DialogueState.STARTING;

import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.TransportHeader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one RTSP connection, from its first request to TEARDOWN (RFC 2326), media
 * interleaved on it: a pure machine without clock or channel.
 *
 * <p>The first request is OPTIONS: the cheapest that any camera answers, so that a race may ask it
 * on several connections at once, and the one that tells how to keep a session alive. Its response
 * is used, whatever its status, once the connection is {@link DialogueEvent.Chosen}: a challenge is
 * answered by DESCRIBE at once, a redirect or a full house ends the dialogue.
 *
 * <p>A driver hands in one event, runs the commands until there is none, and comes back with a
 * {@link DialogueEvent.Tick} at the {@link #deadline}. Times are nanoseconds of its clock, compared
 * by subtraction.
 */
public final class Dialogue {
  /** How long TEARDOWN's answer is waited for. */
  static final long LEAVE_NANOS = Duration.ofSeconds(1).toNanos();

  private final DialogueOptions options;
  private final Authenticator authenticator;
  private final Requests requests;
  private final KeepAlive keepAlive;
  private final Queue<DialogueCommand> commands = new ArrayDeque<>();

  private DialogueState state = IDLE;
  private boolean chosen;
  private @Nullable Sent greeting;
  private @Nullable RtspResponse greeted;
  private @Nullable Presentation presentation;
  private final List<Track> tracks = new ArrayList<>();
  private @Nullable Controls controls;
  private boolean played;
  private int asked;
  private @Nullable Ending refusal;
  private @Nullable String otherSession;
  private long answerDue;

  /**
   * @param random draws what Digest needs
   */
  public Dialogue(DialogueOptions options, RandomGenerator random) {
    this.options = options;
    this.authenticator = new Authenticator(options.credentials(), options.scheme(), random);
    this.requests =
        new Requests(options.userAgent(), authenticator, options.quirks().contains(Quirk.NO_CSEQ));
    this.keepAlive = new KeepAlive(options.keepAlive(), options.fatal());
  }

  public DialogueState state() {
    return state;
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable DialogueCommand poll() {
    return commands.poll();
  }

  /** When to come back with a {@link DialogueEvent.Tick}. */
  public OptionalLong deadline() {
    if (state.awaitsAnswer() || state == LEAVING) {
      return OptionalLong.of(answerDue);
    }
    return state == PLAYING ? OptionalLong.of(keepAlive.dueAt()) : OptionalLong.empty();
  }

  /**
   * The request that waits for its answer, as it will be named on the next connection too; empty if
   * there is none.
   */
  public Optional<String> openRequest() {
    return Optional.ofNullable(requests.unanswered()).map(Sent::point);
  }

  /** For people: which request is not answered, empty if all are. */
  public String unanswered() {
    Sent sent = requests.unanswered();
    return sent == null ? "" : sent + " was not answered";
  }

  /** What happened at {@code now}; after the end, nothing does. */
  public void handle(DialogueEvent event, long now) {
    if (state == OVER) {
      return;
    }
    if (event instanceof DialogueEvent.Connected) {
      become(GREETING);
      send(Method.OPTIONS, options.url(), Headers.empty(), now);
    } else if (event instanceof DialogueEvent.Chosen) {
      chosen = true;
      useGreeting(now);
    } else if (event instanceof DialogueEvent.Received received) {
      receive(received, now);
    } else if (event instanceof DialogueEvent.Ask) {
      stayAlive(now);
    } else if (event instanceof DialogueEvent.Leave) {
      leave(now);
    } else {
      tick(now);
    }
  }

  private void become(DialogueState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(state + " cannot become " + next);
    }
    state = next;
  }

  private void send(Method method, RtspUrl url, Headers extra, long now) {
    commands.add(new DialogueCommand.Send(requests.make(method, url.toString(), extra, now)));
    keepAlive.used(now);
    answerDue = now + (state == LEAVING ? LEAVE_NANOS : options.responseTimeout().toNanos());
  }

  private void end(Ending ending) {
    become(OVER);
    commands.add(new DialogueCommand.Ended(ending));
  }

  private void end(Ending.Kind kind, String reason) {
    end(new Ending(kind, reason));
  }

  // ---- What the camera says

  private void receive(DialogueEvent.Received received, long now) {
    if (received.message() instanceof RtspRequest request) {
      answer(request);
    } else if (received.message() instanceof RtspResponse response && response.status() >= 200) {
      @Nullable Sent sent = requests.answeredBy(response);
      if (sent != null) {
        answered(sent, response, now);
      }
    }
  }

  private void answer(RtspRequest request) {
    commands.add(new DialogueCommand.Send(ServerRequests.answer(request, requests.session())));
    if (request.method().equals(Method.TEARDOWN)) {
      end(Ending.Kind.ENDED_BY_CAMERA, "the camera sent TEARDOWN");
    } else if (request.method().equals(Method.REDIRECT)) {
      redirected("the camera sent REDIRECT", request.headers());
    }
  }

  private void answered(Sent sent, RtspResponse response, long now) {
    if (sent.authorized() && response.status() != 401) {
      authenticator.accepted();
    }
    List<String> advertised = response.headers().all(HeaderNames.PUBLIC);
    if (!advertised.isEmpty()) {
      keepAlive.advertised(Method.parseAll(advertised));
    }
    if (state == GREETING) {
      become(GREETED);
      greeting = sent;
      greeted = response;
      commands.add(new DialogueCommand.Responded(response));
      useGreeting(now);
    } else if (state == LEAVING) {
      left(sent, response, now);
    } else if (isAwaited(sent) && !stops(sent, response, now)) {
      advance(sent, response, now);
    }
  }

  /** An answer to a keep-alive of a session that was lost may still come, and means nothing. */
  private boolean isAwaited(Sent sent) {
    return !state.awaitsAnswer() || requests.isLatest(sent);
  }

  /** The first response counts for what it says; only an OPTIONS that is not known is let pass. */
  private void useGreeting(long now) {
    if (!chosen || state != GREETED) {
      return;
    }
    Sent sent = Objects.requireNonNull(greeting);
    RtspResponse response = Objects.requireNonNull(greeted);
    boolean challenge = response.status() == 401;
    if (challenge ? canAnswer(sent, response) : !stops(sent, response, now)) {
      become(DESCRIBING);
      describe(now);
    }
  }

  /** Whether {@code response} decides what comes next by its status alone. */
  private boolean stops(Sent sent, RtspResponse response, long now) {
    int status = response.status();
    if (status == 401) {
      if (canAnswer(sent, response)) {
        sendAgain(now);
      }
      return true;
    }
    if (status >= 300 && status < 400 && status != 304) {
      redirected(said(sent, response), response.headers());
      return true;
    }
    if ((status == 453 || status == 503) && !isIn()) {
      end(full(said(sent, response), response));
      return true;
    }
    if (status == 454 && state.hasSession()) {
      sessionLost(sent, response, now);
      return true;
    }
    return false;
  }

  private static Ending full(String said, RtspResponse response) {
    Duration retryAfter = RetryAfter.of(response.headers());
    String asked = retryAfter.isZero() ? "" : ", Retry-After " + retryAfter.toSeconds() + " s";
    return new Ending(Ending.Kind.FULL, said + asked, null, response.status(), retryAfter);
  }

  /** Whether the camera has a place for us: what it refuses now, it refuses to this request. */
  private boolean isIn() {
    return state == SETTING_UP ? !tracks.isEmpty() : played;
  }

  private boolean canAnswer(Sent sent, RtspResponse response) {
    Authenticator.Verdict verdict =
        authenticator.challenged(
            response.headers().all(HeaderNames.WWW_AUTHENTICATE), sent.authorized());
    if (verdict != Authenticator.Verdict.ANSWER) {
      end(
          verdict == Authenticator.Verdict.NO_CREDENTIALS
              ? Ending.Kind.LOGIN_NEEDED
              : Ending.Kind.UNAUTHORIZED,
          said(sent, response) + ": " + authenticator.reason(verdict));
    }
    return verdict == Authenticator.Verdict.ANSWER;
  }

  private void sendAgain(long now) {
    if (state == DESCRIBING) {
      describe(now);
    } else if (state == SETTING_UP) {
      setUp(now);
    } else if (state == STARTING) {
      play(now);
    } else {
      stayAlive(now);
    }
  }

  private void redirected(String said, Headers headers) {
    Optional<String> location = headers.first(HeaderNames.LOCATION);
    if (location.isEmpty()) {
      end(Ending.Kind.REFUSED, said + " without a Location");
      return;
    }
    try {
      RtspUrl url = resolved(location.get());
      end(
          new Ending(
              Ending.Kind.REDIRECTED,
              said + " to " + Excerpt.show(url.toString()),
              url,
              0,
              Duration.ZERO));
    } catch (RtspFormatException e) {
      end(Ending.Kind.BROKEN, said + ": " + e.getMessage());
    }
  }

  private RtspUrl resolved(String location) throws RtspFormatException {
    return location.contains("://") ? RtspUrl.parse(location) : options.url().resolve(location);
  }

  /**
   * RFC 2326 section 11.3.5; a session that was never played is not begun a second time. A camera
   * that changed the id between SETUPs may have meant the other one.
   */
  private void sessionLost(Sent sent, RtspResponse response, long now) {
    if (state == STARTING && otherSession != null) {
      requests.session(otherSession);
      otherSession = null;
      play(now);
      return;
    }
    if (state != PLAYING) {
      end(Ending.Kind.SESSION_LOST, said(sent, response));
      return;
    }
    requests.session(null);
    otherSession = null;
    tracks.clear();
    asked = 0;
    become(SETTING_UP);
    setUp(now);
  }

  private void advance(Sent sent, RtspResponse response, long now) {
    switch (state) {
      case DESCRIBING -> described(sent, response, now);
      case SETTING_UP -> isSetUp(sent, response, now);
      case STARTING -> started(sent, response, now);
      default -> keptAlive(sent, response);
    }
  }

  private static String said(Sent sent, RtspResponse response) {
    String reason = response.reason().isEmpty() ? "" : " " + Excerpt.show(response.reason());
    String said = response.status() + reason + " to " + sent;
    // RFC 2326 section 11.3.12: Unsupported Transport.
    return response.status() == 461
        ? said + "; RTP over TCP (RTP/AVP/TCP) is the only transport supported here"
        : said;
  }

  // ---- DESCRIBE, SETUP of every media, PLAY

  private void describe(long now) {
    send(Method.DESCRIBE, options.url(), Headers.of(HeaderNames.ACCEPT, "application/sdp"), now);
  }

  private void described(Sent sent, RtspResponse response, long now) {
    if (!response.isSuccess()) {
      end(Ending.Kind.REFUSED, said(sent, response));
      return;
    }
    try {
      presentation = Presentation.of(options.url(), response, options.media());
      controls = new Controls(presentation.aggregate());
      become(SETTING_UP);
      setUp(now);
    } catch (RtspFormatException e) {
      end(broken(sent, e));
    }
  }

  private Presentation presentation() {
    return Objects.requireNonNull(presentation);
  }

  private Controls controls() {
    return Objects.requireNonNull(controls);
  }

  private void setUp(long now) {
    skipFatal();
    if (asked < presentation().tracks().size()) {
      Track track = presentation().tracks().get(asked);
      String transport = TransportHeader.tcp(track.channels().rtp()).toString();
      send(Method.SETUP, track.control(), Headers.of(HeaderNames.TRANSPORT, transport), now);
    } else if (tracks.isEmpty()) {
      end(Objects.requireNonNull(refusal));
    } else {
      become(STARTING);
      commands.add(new DialogueCommand.Prepared(List.copyOf(tracks)));
      controls().assign(tracks);
      played = false;
      play(now);
    }
  }

  /** Leaves out the media whose SETUP ended earlier connections. */
  private void skipFatal() {
    List<Track> described = presentation().tracks();
    while (asked < described.size()
        && options.fatal().contains(Method.SETUP + " " + described.get(asked).control())) {
      String why = "its SETUP ended the connection twice";
      refusal = new Ending(Ending.Kind.REFUSED, why);
      leftOut(described.get(asked++), why);
    }
  }

  private void isSetUp(Sent sent, RtspResponse response, long now) {
    if (!response.isSuccess()) {
      leaveOut(new Ending(Ending.Kind.REFUSED, said(sent, response)), now);
      return;
    }
    try {
      learnSession(response);
    } catch (RtspFormatException e) {
      end(broken(sent, e));
      return;
    }
    try {
      tracks.add(
          Presentation.answered(presentation().tracks().get(asked), response, options.quirks()));
      asked++;
      setUp(now);
    } catch (RtspFormatException e) {
      leaveOut(broken(sent, e), now);
    }
  }

  private static Ending broken(Sent sent, RtspFormatException e) {
    return new Ending(Ending.Kind.BROKEN, "answer to " + sent + ": " + e.getMessage());
  }

  /** What failed for one media is not the end of the others, unless it failed for all. */
  private void leaveOut(Ending why, long now) {
    if (!options.quirks().contains(Quirk.REFUSED_MEDIA)) {
      end(why);
      return;
    }
    refusal = why;
    leftOut(presentation().tracks().get(asked), why.reason());
    asked++;
    setUp(now);
  }

  private void leftOut(Track track, String reason) {
    commands.add(new DialogueCommand.LeftOut(track.media(), reason));
  }

  /** RFC 2326 section 12.37: the id that the first SETUP was answered with is the session's. */
  private void learnSession(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      if (requests.session() == null) {
        requests.session(session.id());
      } else if (!session.id().equals(requests.session())) {
        otherSession = session.id();
      }
      keepAlive.timeout(session.effectiveTimeout());
    } else if (requests.session() == null && !options.quirks().contains(Quirk.NO_SESSION)) {
      throw new RtspFormatException("Session header", "", "an id");
    }
  }

  private void play(long now) {
    send(Method.PLAY, controls().current(), Headers.of(HeaderNames.RANGE, "npt=0.000-"), now);
  }

  private void started(Sent sent, RtspResponse response, long now) {
    boolean separates = controls().separates(response.status(), tracks);
    played |= response.isSuccess();
    if (controls().areSeparate() && !separates && !response.isSuccess()) {
      leftOut(tracks.get(controls().index()), said(sent, response));
    }
    if (separates || (controls().areSeparate() && controls().next())) {
      play(now);
    } else if (played) {
      controls().first();
      become(PLAYING);
      commands.add(new DialogueCommand.Playing());
    } else {
      end(Ending.Kind.REFUSED, said(sent, response));
    }
  }

  // ---- Keep-alive and the end

  private void stayAlive(long now) {
    if (state == PLAYING) {
      send(keepAlive.method(), controls().current(), Headers.empty(), now);
    }
  }

  private void keptAlive(Sent sent, RtspResponse response) {
    if (response.status() >= 400 && !controls().separates(response.status(), tracks)) {
      keepAlive.refused(sent.method());
    }
  }

  private void leave(long now) {
    if (state == LEAVING) {
      return;
    }
    if (!state.hasSession()) {
      end(Ending.Kind.LEFT, "left before there was a session");
      return;
    }
    become(LEAVING);
    controls().first();
    tearDown(now);
  }

  private void tearDown(long now) {
    send(Method.TEARDOWN, controls().current(), Headers.empty(), now);
  }

  private void left(Sent sent, RtspResponse response, long now) {
    if (!sent.method().equals(Method.TEARDOWN)) {
      return;
    }
    boolean again = response.status() == 401 && canAnswer(sent, response);
    boolean separates = controls().separates(response.status(), tracks);
    if (again || separates || (response.isSuccess() && controls().next())) {
      tearDown(now);
    } else if (state != OVER) {
      end(Ending.Kind.LEFT, said(sent, response));
    }
  }

  private void tick(long now) {
    OptionalLong due = deadline();
    if (due.isEmpty() || now - due.getAsLong() < 0) {
      return;
    }
    if (state == PLAYING) {
      stayAlive(now);
    } else if (state == LEAVING) {
      end(Ending.Kind.LEFT, "TEARDOWN was not answered within 1 s");
    } else {
      end(
          Ending.Kind.SILENT,
          "no answer to "
              + requests.unanswered()
              + " within "
              + options.responseTimeout().toMillis()
              + " ms");
    }
  }
}
