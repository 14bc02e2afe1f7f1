package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.dialogue.server.SessionDescriptionWriter;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The requests of a {@link PublishDialogue}, and when their answers are due. */
final class PublishRequests {
  /** How long TEARDOWN's answer is waited for. */
  private static final long TEARDOWN_NANOS = Duration.ofSeconds(1).toNanos();

  private final PublishOptions options;
  private final Authenticator authenticator;
  private final Requests requests;
  private final KeepAlive keepAlive;
  private final Consumer<PublishCommand> commands;
  private final String description;
  private long answerDue;

  /** Keep-alives in a row that were not answered. */
  private int unanswered;

  /**
   * @param random draws what Digest needs, and the number of the description
   * @param commands takes what is to be sent
   */
  PublishRequests(
      PublishOptions options, RandomGenerator random, Consumer<PublishCommand> commands) {
    this.options = options;
    this.authenticator = new Authenticator(options.credentials(), options.scheme(), random);
    this.requests = new Requests(options.userAgent(), authenticator, Quirk.defaults());
    this.keepAlive = new KeepAlive(options.keepAlive(), KnownDevice.NEW);
    this.commands = commands;
    this.description =
        SessionDescriptionWriter.write(
            options.stream(),
            random.nextInt() & 0x7fff_ffffL,
            options.url().host().indexOf(':') >= 0);
  }

  // ---- Sent

  void announce(long now) {
    Headers sdp = Headers.of(HeaderNames.CONTENT_TYPE, "application/sdp");
    send(Method.ANNOUNCE, options.url(), sdp, Body.of(description), now);
  }

  /** The control is that of our own description. */
  void setUp(int track, String transport, long now) {
    try {
      RtspUrl url = options.url().resolve(SessionDescriptionWriter.control(track));
      send(Method.SETUP, url, Headers.of(HeaderNames.TRANSPORT, transport), Body.empty(), now);
    } catch (RtspFormatException e) {
      throw new IllegalStateException("a relative control", e);
    }
  }

  void record(long now) {
    Headers range = Headers.of(HeaderNames.RANGE, "npt=0.000-");
    send(Method.RECORD, options.url(), range, Body.empty(), now);
  }

  void stayAlive(long now) {
    send(keepAlive.method(), options.url(), Headers.empty(), Body.empty(), now);
    keepAlive.sent();
    unanswered++;
  }

  void tearDown(long now) {
    send(Method.TEARDOWN, options.url(), Headers.empty(), Body.empty(), now);
    answerDue = now + TEARDOWN_NANOS;
  }

  private void send(Method method, RtspUrl url, Headers extra, Body body, long now) {
    RtspRequest request = requests.make(method, url.toString(), extra, body, now);
    commands.accept(new PublishCommand.Send(request));
    keepAlive.used(now);
    expectAnswer(now);
  }

  /** Something that was asked for, of the server or of the driver, is due from now on. */
  void expectAnswer(long now) {
    answerDue = now + options.responseTimeout().toNanos();
  }

  /** Answers a request of the server. */
  void answer(RtspRequest request) {
    commands.accept(new PublishCommand.Send(ServerRequests.answer(request, requests.session())));
  }

  // ---- Due

  long answerDue() {
    return answerDue;
  }

  long keepAliveDue() {
    return keepAlive.dueAt();
  }

  /** The next keep-alive is due; how many before it in a row were not answered. */
  int keepAlivesUnanswered() {
    return unanswered;
  }

  /** Sends the keep-alive that is due. */
  void keepAliveIsDue(long now) {
    keepAlive.due();
    stayAlive(now);
  }

  /** Human-readable: what the server has not done within {@code response-timeout}. */
  String overdue() {
    Sent asked = requests.oldestUnanswered();
    String what = asked == null ? "no ports" : "no answer to " + asked;
    return what + " within " + options.responseTimeout().toMillis() + " ms";
  }

  /** Human-readable: which request is not answered, empty if all are. */
  String unanswered() {
    Sent asked = requests.oldestUnanswered();
    return asked == null ? "" : asked + " was not answered";
  }

  // ---- Answered

  /** The request that a final response answers; null for none. */
  @Nullable Sent answeredBy(RtspResponse response) {
    Sent sent = requests.answeredBy(response);
    if (sent != null) {
      unanswered = 0;
      if (sent.authorized() && response.status() != 401) {
        authenticator.accepted();
      }
      List<String> advertised = response.headers().all(HeaderNames.PUBLIC);
      if (!advertised.isEmpty()) {
        keepAlive.advertised(Method.parseAll(advertised));
      }
    }
    return sent;
  }

  /** Takes a challenge; why it cannot be answered, or null if it can. */
  @Nullable EndReason challenged(Sent sent, RtspResponse response) {
    List<String> challenges = response.headers().all(HeaderNames.WWW_AUTHENTICATE);
    Authenticator.Verdict verdict = authenticator.challenged(challenges, sent.authorized());
    return verdict == Authenticator.Verdict.ANSWER
        ? null
        : EndReasonReader.noLogin(sent.answeredBy(response), authenticator, verdict);
  }

  /** A keep-alive was answered; why that ends the session, or null if it does not. */
  @Nullable EndReason keptAlive(Sent sent, RtspResponse response, long now) {
    if (response.isSuccess()) {
      keepAlive.accepted(sent.method());
    } else if (keepAlive.refused(sent.method(), response.status())) {
      stayAlive(now);
    } else if (response.status() == 454) {
      return new EndReason(EndReason.Kind.SESSION_LOST, sent.answeredBy(response));
    }
    return null;
  }

  // ---- The session

  boolean hasSession() {
    return requests.session() != null;
  }

  /** Some servers give the session's id with the answer to ANNOUNCE already. */
  void learnSession(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      if (!hasSession() || session.timeout().isPresent()) {
        keepAlive.timeout(session.effectiveTimeout());
      }
      requests.session(session.id());
    }
  }
}
