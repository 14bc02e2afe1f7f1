package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
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
  /** A server that leaves so many keep-alives in a row unanswered is gone. */
  private static final int MOST_UNANSWERED = 2;

  /** Answers of servers that do not know a method (RFC 2326 section 7.1.1). */
  private static final Set<Integer> UNKNOWN_METHOD = Set.of(405, 501, 551);

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
  private final Queue<PublishCommand> commands = new ArrayDeque<>();
  private final PublishRequests requests;
  private final PublishSetup setup;
  private Step step = Step.IDLE;

  /**
   * @param random draws what Digest needs, and the number of the description
   */
  public PublishDialogue(PublishOptions options, RandomGenerator random) {
    this.options = options;
    this.requests = new PublishRequests(options, random, commands::add);
    this.setup = new PublishSetup(options.stream().media(), options.transports());
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable PublishCommand poll() {
    return commands.poll();
  }

  /** When to {@link #tick}; empty when all is over, or nothing has begun. */
  public OptionalLong deadline() {
    return switch (step) {
      case IDLE, OVER -> OptionalLong.empty();
      case RECORDING -> OptionalLong.of(requests.keepAliveDue());
      default -> OptionalLong.of(requests.answerDue());
    };
  }

  /** Whether the server has answered anything. */
  public boolean wasAnswered() {
    return step.compareTo(Step.ANNOUNCING) > 0;
  }

  /** Human-readable: which request is not answered, empty if all are. */
  public String unanswered() {
    return requests.unanswered();
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
    if (requests.hasSession()) {
      step = Step.LEAVING;
      requests.tearDown(now);
    } else {
      end(EndReason.Kind.LEFT, "left before there was a session");
    }
  }

  /** The deadline has come. */
  public void tick(long now) {
    OptionalLong due = deadline();
    if (due.isEmpty() || now - due.getAsLong() < 0) {
      return;
    }
    int unanswered = requests.keepAlivesUnanswered();
    if (step == Step.RECORDING && unanswered >= MOST_UNANSWERED) {
      end(EndReason.Kind.DEAD, unanswered + " keep-alives in a row were not answered");
    } else if (step == Step.RECORDING) {
      requests.keepAliveIsDue(now);
    } else if (step == Step.LEAVING) {
      end(EndReason.Kind.LEFT, "TEARDOWN was not answered within 1 s");
    } else {
      end(EndReason.Kind.SILENT, requests.overdue());
    }
  }

  // ---- Requests

  /** Sends what the step asks for. */
  private void proceed(long now) {
    switch (step) {
      case ANNOUNCING -> requests.announce(now);
      case SETTING_UP -> setUp(now);
      case STARTING -> requests.record(now);
      default -> requests.stayAlive(now);
    }
  }

  private void setUp(long now) {
    if (setup.needsPorts()) {
      commands.add(new PublishCommand.OpenPorts(setup.track()));
      requests.expectAnswer(now);
    } else {
      requests.setUp(setup.track(), setup.offer().toString(), now);
    }
  }

  private void answer(RtspRequest request) {
    requests.answer(request);
    if (request.method().equals(Method.TEARDOWN)) {
      end(EndReason.Kind.ENDED_BY_CAMERA, "the server sent TEARDOWN");
    } else if (request.method().equals(Method.REDIRECT)) {
      end(EndReasonReader.redirected("the server sent REDIRECT", request.headers(), options.url()));
    }
  }

  // ---- Answers

  private void answered(Sent sent, RtspResponse response, long now) {
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
      boolean unknown = step == Step.ANNOUNCING && UNKNOWN_METHOD.contains(response.status());
      String why = unknown ? ": the server takes no stream that is published" : "";
      end(EndReasonReader.refusal(sent.answeredBy(response) + why, response, options.url()));
    }
  }

  private void left(Sent sent, RtspResponse response) {
    if (sent.method().equals(Method.TEARDOWN)) {
      end(EndReason.Kind.LEFT, sent.answeredBy(response));
    }
  }

  private void challenged(Sent sent, RtspResponse response, long now) {
    EndReason noLogin = requests.challenged(sent, response);
    if (noLogin == null) {
      proceed(now);
    } else if (step == Step.RECORDING) {
      keptAlive(sent, response, now); // that request is refused, and no more
    } else {
      end(noLogin);
    }
  }

  private void keptAlive(Sent sent, RtspResponse response, long now) {
    EndReason lost = requests.keptAlive(sent, response, now);
    if (lost != null) {
      end(lost);
    }
  }

  private void advance(Sent sent, RtspResponse response, long now) {
    try {
      requests.learnSession(response);
      if (step == Step.SETTING_UP && !requests.hasSession()) {
        throw new RtspFormatException("Session header", "", "an id");
      }
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
