package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.dialogue.server.SessionDescriptionWriter;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionHeader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one RTSP connection that sends a stream, from ANNOUNCE to TEARDOWN (RFC 2326
 * sections 10.3 and 10.11): a pure machine without clock or channel.
 *
 * <pre>
 *  ANNOUNCE ─▶ SETUP of each track ─▶ RECORD ─▶ keep-alives ─▶ TEARDOWN
 * </pre>
 *
 * <p>A driver hands in one event, runs the commands until there is none, and comes back with {@link
 * #tick} at the {@link #deadline}. Times are nanoseconds of its clock, compared by subtraction.
 */
public final class PublishDialogue {
  /** How long TEARDOWN's answer is waited for. */
  private static final long TEARDOWN_NANOS = Duration.ofSeconds(1).toNanos();

  /** A server that leaves so many keep-alives in a row unanswered is gone. */
  private static final int MOST_UNANSWERED = 2;

  private enum Step {
    IDLE,
    ANNOUNCING,
    SETTING_UP,
    STARTING,
    RECORDING,
    LEAVING,
    OVER
  }

  private final PublishOptions options;
  private final Authenticator authenticator;
  private final Requests requests;
  private final KeepAlive keepAlive;
  private final String description;
  private final Queue<PublishCommand> commands = new ArrayDeque<>();
  private final PublishSetup setup;
  private Step step = Step.IDLE;
  private long answerDue;

  /** Keep-alives in a row that were not answered. */
  private int unanswered;

  /**
   * @param random draws what Digest needs, and the number of the description
   */
  public PublishDialogue(PublishOptions options, RandomGenerator random) {
    this.options = options;
    this.authenticator = new Authenticator(options.credentials(), options.scheme(), random);
    this.requests = new Requests(options.userAgent(), authenticator, Quirk.defaults());
    this.keepAlive = new KeepAlive(options.keepAlive(), KnownDevice.NEW);
    this.setup = new PublishSetup(options.stream().media(), options.transports());
    this.description =
        SessionDescriptionWriter.write(
            options.stream(),
            random.nextInt() & 0x7fff_ffffL,
            options.url().host().indexOf(':') >= 0);
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable PublishCommand poll() {
    return commands.poll();
  }

  /** When to {@link #tick}; empty when all is over, or nothing has begun. */
  public OptionalLong deadline() {
    return switch (step) {
      case IDLE, OVER -> OptionalLong.empty();
      case RECORDING -> OptionalLong.of(keepAlive.dueAt());
      default -> OptionalLong.of(answerDue);
    };
  }

  // ---- Events

  /** The connection is established. */
  public void connected(long now) {
    if (step == Step.IDLE) {
      step = Step.ANNOUNCING;
      proceed(now);
    }
  }

  /** The server sent a message: an answer, or a request of its own. */
  public void received(RtspMessage message, long now) {
    if (step == Step.OVER) {
      return;
    }
    if (message instanceof RtspRequest request) {
      answer(request);
    } else if (message instanceof RtspResponse response && response.status() >= 200) {
      Sent sent = requests.answeredBy(response);
      if (sent != null) {
        answered(sent, response, now);
      }
    }
  }

  /** The ports that {@link PublishCommand.OpenPorts} asked for are open. */
  public void portsOpened(Pair ports, long now) {
    if (step == Step.SETTING_UP) {
      setup.portsOpened(ports);
      proceed(now);
    }
  }

  /** There are none. */
  public void portsFailed(String reason, long now) {
    if (step == Step.SETTING_UP) {
      refused(new EndReason(EndReason.Kind.LOCAL, reason), now);
    }
  }

  /** End the session in order. */
  public void tearDown(long now) {
    if (step == Step.OVER || step == Step.LEAVING) {
      return;
    }
    if (requests.session() == null) {
      end(EndReason.Kind.LEFT, "left before there was a session");
    } else {
      step = Step.LEAVING;
      send(Method.TEARDOWN, options.url(), Headers.empty(), Body.empty(), now);
      answerDue = now + TEARDOWN_NANOS;
    }
  }

  /** The deadline has come. */
  public void tick(long now) {
    OptionalLong due = deadline();
    if (due.isEmpty() || now - due.getAsLong() < 0) {
      return;
    }
    if (step == Step.RECORDING && unanswered >= MOST_UNANSWERED) {
      end(EndReason.Kind.DEAD, unanswered + " keep-alives in a row were not answered");
    } else if (step == Step.RECORDING) {
      keepAlive.due();
      stayAlive(now);
    } else if (step == Step.LEAVING) {
      end(EndReason.Kind.LEFT, "TEARDOWN was not answered within 1 s");
    } else {
      String within = " within " + options.responseTimeout().toMillis() + " ms";
      Sent asked = requests.oldestUnanswered();
      end(EndReason.Kind.SILENT, (asked == null ? "no ports" : "no answer to " + asked) + within);
    }
  }

  // ---- Requests

  /** Sends what the step asks for. */
  private void proceed(long now) {
    RtspUrl url = options.url();
    switch (step) {
      case ANNOUNCING -> {
        Headers sdp = Headers.of(HeaderNames.CONTENT_TYPE, "application/sdp");
        send(Method.ANNOUNCE, url, sdp, Body.of(description), now);
      }
      case SETTING_UP -> setUp(now);
      case STARTING -> {
        Headers range = Headers.of(HeaderNames.RANGE, "npt=0.000-");
        send(Method.RECORD, url, range, Body.empty(), now);
      }
      default -> stayAlive(now);
    }
  }

  /** The controls are those of our own description. */
  private void setUp(long now) {
    if (setup.needsPorts()) {
      commands.add(new PublishCommand.OpenPorts(setup.track()));
      answerDue = now + options.responseTimeout().toNanos();
      return;
    }
    String asked = setup.offer().toString();
    try {
      RtspUrl url = options.url().resolve(SessionDescriptionWriter.control(setup.track()));
      send(Method.SETUP, url, Headers.of(HeaderNames.TRANSPORT, asked), Body.empty(), now);
    } catch (RtspFormatException e) {
      throw new IllegalStateException("a relative control", e);
    }
  }

  private void stayAlive(long now) {
    send(keepAlive.method(), options.url(), Headers.empty(), Body.empty(), now);
    keepAlive.sent();
    unanswered++;
  }

  private void send(Method method, RtspUrl url, Headers extra, Body body, long now) {
    RtspRequest request = requests.make(method, url.toString(), extra, body, now);
    commands.add(new PublishCommand.Send(request));
    keepAlive.used(now);
    answerDue = now + options.responseTimeout().toNanos();
  }

  private void answer(RtspRequest request) {
    commands.add(new PublishCommand.Send(ServerRequests.answer(request, requests.session())));
    if (request.method().equals(Method.TEARDOWN)) {
      end(EndReason.Kind.ENDED_BY_CAMERA, "the server sent TEARDOWN");
    } else if (request.method().equals(Method.REDIRECT)) {
      end(EndReasonReader.redirected("the server sent REDIRECT", request.headers(), options.url()));
    }
  }

  // ---- Answers

  private void answered(Sent sent, RtspResponse response, long now) {
    unanswered = 0;
    if (sent.authorized() && response.status() != 401) {
      authenticator.accepted();
    }
    List<String> advertised = response.headers().all(HeaderNames.PUBLIC);
    if (!advertised.isEmpty()) {
      keepAlive.advertised(Method.parseAll(advertised));
    }
    if (step == Step.LEAVING) {
      left(sent, response);
    } else if (response.status() == 401) {
      challenged(sent, response, now);
    } else if (step == Step.RECORDING) {
      keptAlive(sent, response, now);
    } else if (response.isSuccess()) {
      advance(sent, response, now);
    } else if (step == Step.SETTING_UP
        && PublishSetup.UNSUPPORTED_TRANSPORT.contains(response.status())) {
      String why = sent.answeredBy(response) + ": the server does not take " + setup.plan();
      refused(new EndReason(EndReason.Kind.NO_TRANSPORT, why), now);
    } else {
      end(EndReasonReader.refusal(sent.answeredBy(response), response, options.url()));
    }
  }

  private void left(Sent sent, RtspResponse response) {
    if (sent.method().equals(Method.TEARDOWN)) {
      end(EndReason.Kind.LEFT, sent.answeredBy(response));
    }
  }

  private void challenged(Sent sent, RtspResponse response, long now) {
    List<String> challenges = response.headers().all(HeaderNames.WWW_AUTHENTICATE);
    Authenticator.Verdict verdict = authenticator.challenged(challenges, sent.authorized());
    if (verdict == Authenticator.Verdict.ANSWER) {
      proceed(now);
    } else if (step == Step.RECORDING) {
      keptAlive(sent, response, now); // that request is refused, and no more
    } else {
      end(EndReasonReader.noLogin(sent.answeredBy(response), authenticator, verdict));
    }
  }

  private void keptAlive(Sent sent, RtspResponse response, long now) {
    if (response.isSuccess()) {
      keepAlive.accepted(sent.method());
    } else if (keepAlive.refused(sent.method(), response.status())) {
      stayAlive(now);
    } else if (response.status() == 454) {
      end(EndReason.Kind.SESSION_LOST, sent.answeredBy(response));
    }
  }

  private void advance(Sent sent, RtspResponse response, long now) {
    try {
      learnSession(response);
    } catch (RtspFormatException e) {
      end(DialogueContext.broken(sent, e));
      return;
    }
    switch (step) {
      case ANNOUNCING -> {
        step = Step.SETTING_UP;
        proceed(now);
      }
      case SETTING_UP -> isSetUp(sent, response, now);
      default -> {
        step = Step.RECORDING;
        commands.add(new PublishCommand.Recording(setup.tracks()));
      }
    }
  }

  /** Some servers give the session's id with the answer to ANNOUNCE already. */
  private void learnSession(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      if (requests.session() == null || session.timeout().isPresent()) {
        keepAlive.timeout(session.effectiveTimeout());
      }
      requests.session(session.id());
    } else if (step == Step.SETTING_UP && requests.session() == null) {
      throw new RtspFormatException("Session header", "", "an id");
    }
  }

  private void isSetUp(Sent sent, RtspResponse response, long now) {
    try {
      setup.answered(response.headers().first(HeaderNames.TRANSPORT));
    } catch (RtspFormatException e) {
      refused(DialogueContext.broken(sent, e), now);
      return;
    }
    if (setup.isComplete()) {
      step = Step.STARTING;
    }
    proceed(now);
  }

  /** Without the transport that was asked for. */
  private void refused(EndReason why, long now) {
    if (setup.moveOn()) {
      commands.add(new PublishCommand.TransportRefused(why.reason()));
      proceed(now);
    } else {
      end(why);
    }
  }

  // ---- The end

  private void end(EndReason.Kind kind, String reason) {
    end(new EndReason(kind, reason));
  }

  private void end(EndReason reason) {
    step = Step.OVER;
    commands.add(new PublishCommand.Ended(reason));
  }
}
