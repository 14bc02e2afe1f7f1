package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.DialogueState.DESCRIBING;
import static dev.photofinish.rtsp.dialogue.DialogueState.LEAVING;
import static dev.photofinish.rtsp.dialogue.DialogueState.OVER;
import static dev.photofinish.rtsp.dialogue.DialogueState.PLAYING;
import static dev.photofinish.rtsp.dialogue.DialogueState.PROBING;
import static dev.photofinish.rtsp.dialogue.DialogueState.SETTING_UP;

import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one RTSP connection, from its first request to TEARDOWN (RFC 2326): a pure
 * machine without clock or channel.
 *
 * <p>The first request is DESCRIBE, which a race may ask on several connections at once: it leaves
 * no session behind. Its response is used, whatever its status, once the connection is {@link
 * DialogueEvent.Selected}: a description is set up and a challenge answered at once, a redirect or
 * a camera at capacity ends the dialogue. No round trip is spent that the camera does not need:
 * SETUP of the second and every further media and PLAY are sent together ({@link Pipeline}), and
 * OPTIONS, which tells how to keep the session alive, when all plays.
 *
 * <p>What is said up to the description is {@link Opening}'s, what is said on the way to a session
 * {@link SessionSetup}'s, what is said of one that is set up {@link PlayControl}'s and, where the
 * user asks it, {@link SessionRequests}'; answers that stop either are {@link DecisiveAnswers}'.
 *
 * <p>A driver hands in one event, runs the commands until there is none, and comes back with a
 * {@link DialogueEvent.Tick} at the {@link #deadline}. Times are nanoseconds of its clock, compared
 * by subtraction.
 */
public final class Dialogue {
  private final DialogueContext context;
  private final PlayControl playback;
  private final Pipeline pipeline;
  private final SessionSetup setup;
  private final Opening opening;
  private final SessionRequests requests;
  private final DecisiveAnswers answers;
  private final Events events = new Events();

  /**
   * @param local what a key that is offered says of us
   * @param random draws what Digest needs, and keys
   */
  public Dialogue(DialogueOptions options, LocalSource local, RandomGenerator random) {
    this.context = new DialogueContext(options, local, random);
    this.playback = new PlayControl(context);
    this.pipeline = new Pipeline(context);
    this.setup = new SessionSetup(context, playback, pipeline);
    this.opening = new Opening(context, setup, playback);
    this.requests = new SessionRequests(context, playback);
    this.answers = new DecisiveAnswers(context, opening, setup, playback, requests);
  }

  public DialogueState state() {
    return context.state();
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable DialogueCommand poll() {
    return context.poll();
  }

  /** When to come back with a {@link DialogueEvent.Tick}. */
  public OptionalLong deadline() {
    OptionalLong request = requests.deadline();
    OptionalLong other = context.deadline();
    boolean requestIsFirst = request.isPresent() && request.getAsLong() - other.orElseThrow() < 0;
    return requestIsFirst ? request : other;
  }

  /** The request that waits for its answer, as it will be named on the next connection too. */
  public Optional<String> openRequest() {
    return Optional.ofNullable(context.unanswered()).map(Sent::point);
  }

  /** Whether the camera has set up one media of the session at least. */
  public boolean hasTracks() {
    return setup.hasTracks();
  }

  /** The SDP as the camera sent it, which may hold keys; empty before. */
  public Optional<String> description() {
    return Optional.of(context.description()).filter(text -> !text.isEmpty());
  }

  /** Human-readable: which request is not answered, empty if all are. */
  public String unanswered() {
    Sent sent = context.unanswered();
    return sent == null ? "" : sent + " was not answered";
  }

  /**
   * Whether requests were sent ahead and are not answered: where the connection ends now, that may
   * be why ({@link Trait#NO_PIPELINING}).
   */
  public boolean isPipelining() {
    return pipeline.isOpen();
  }

  /**
   * Why the dialogue is over where its connection ends now, as {@code closed} says: what DESCRIBE
   * was refused with, where that was being asked again.
   */
  public EndReason endedBy(EndReason closed) {
    return opening.refusalOr(closed);
  }

  /** What happened at {@code now}; after the end, nothing does. */
  public void handle(DialogueEvent event, long now) {
    if (!context.is(OVER)) {
      event.deliver(events, now);
    }
  }

  private final class Events implements DialogueEvent.Handler {
    @Override
    public void connected(long now) {
      opening.begin(now);
    }

    @Override
    public void selected(long now) {
      opening.select();
      useProbe(now);
    }

    @Override
    public void received(RtspMessage message, long now) {
      if (message instanceof RtspRequest request) {
        answer(request);
      } else if (message instanceof RtspResponse response && response.status() >= 200) {
        Sent sent = context.requests().answeredBy(response);
        if (sent == null) {
          context.strayAnswer(response, now);
        } else {
          answered(sent, response, now);
        }
      }
    }

    @Override
    public void portsOpened(Pair ports, long now) {
      if (context.is(SETTING_UP)) {
        setup.portsOpened(ports, now);
      }
    }

    @Override
    public void portsFailed(String reason, long now) {
      if (context.is(SETTING_UP)) {
        setup.portsFailed(reason, now);
      }
    }

    @Override
    public void groupJoined(long now) {
      if (context.is(SETTING_UP)) {
        setup.groupJoined(now);
      }
    }

    @Override
    public void asked(long now) {
      playback.stayAlive(now);
    }

    @Override
    public void requested(SessionRequest request, long now) {
      requests.add(request, now);
    }

    @Override
    public void teardown(long now) {
      if (state().hasSession()) {
        playback.leave(now);
      } else if (!context.is(LEAVING)) {
        context.end(EndReason.Kind.LEFT, "left before there was a session");
      }
    }

    @Override
    public void tick(long now) {
      Sent open = context.requests().onlyUnanswered();
      RtspResponse stray = context.takeMisnumbered(now);
      if (open != null && stray != null) {
        context.requests().answered(open);
        answered(open, stray, now);
      }
      if (requests.isOverdue(now)) {
        requests.expired(now);
        return;
      }
      OptionalLong due = context.answerDeadline();
      if (due.isPresent() && now - due.getAsLong() >= 0) {
        expired(now);
      }
    }
  }

  private void expired(long now) {
    if (context.state().isSetUp()) {
      playback.keepAliveDue(now);
    } else if (context.is(LEAVING)) {
      context.end(EndReason.Kind.LEFT, "TEARDOWN was not answered within 1 s");
    } else if (pipeline.awaitsAny()) {
      setup.aheadExpired(now);
    } else if (!playback.playAgain(now)) {
      String within = " within " + context.options().responseTimeout().toMillis() + " ms";
      String silence = "no answer to " + context.unanswered() + within;
      context.end(opening.refusalOr(new EndReason(EndReason.Kind.SILENT, silence)));
    }
  }

  // ---- Requests of the camera

  private void answer(RtspRequest request) {
    String session = context.requests().session();
    context.command(new DialogueCommand.Send(ServerRequests.answer(request, session)));
    if (request.method().equals(Method.TEARDOWN)) {
      context.end(EndReason.Kind.ENDED_BY_CAMERA, "the camera sent TEARDOWN");
    } else if (request.method().equals(Method.REDIRECT)) {
      answers.redirected("the camera sent REDIRECT", request.headers());
    }
  }

  // ---- Its answers

  private void answered(Sent sent, RtspResponse response, long now) {
    if (sent.authorized() && response.status() != 401) {
      context.authenticator().accepted();
    }
    setup.sessionAnswered(response);
    List<String> advertised = response.headers().all(HeaderNames.PUBLIC);
    if (!advertised.isEmpty()) {
      context.keepAlive().advertised(Method.parseAll(advertised));
    }
    if (requests.answered(sent, response, now)) {
      return;
    }
    switch (state()) {
      case PROBING -> {
        opening.probed(sent, response);
        useProbe(now);
      }
      case LEAVING -> playback.left(sent, response, now);
      case SETTING_UP, STARTING -> starting(sent, response, now);
      default -> {
        if (!answers.stop(sent, response, now)) {
          advance(sent, response, now);
        }
      }
    }
  }

  /** The first response counts for what it says. */
  private void useProbe(long now) {
    Opening.Answer first = opening.takeProbe();
    if (first == null) {
      return;
    }
    if (first.response().status() == 401
        ? context.canAnswer(first.sent(), first.response())
        : !answers.stop(first.sent(), first.response(), now)) {
      opening.use(first, now);
    }
  }

  private void starting(Sent sent, RtspResponse response, long now) {
    boolean taken = setup.answeredAhead(sent, response, now);
    if (!taken && !answers.stop(sent, response, now)) {
      advance(sent, response, now);
    }
    if (context.is(PLAYING)) {
      pipeline.playing();
    }
  }

  private void advance(Sent sent, RtspResponse response, long now) {
    switch (state()) {
      case DESCRIBING -> opening.answered(sent, response, now);
      case SETTING_UP -> setup.isSetUp(sent, response, now);
      case STARTING -> playback.started(sent, response, now);
      default -> playback.keptAlive(sent, response, now);
    }
  }
}
