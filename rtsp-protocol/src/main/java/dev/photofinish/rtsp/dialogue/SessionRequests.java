package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The user's requests of a session that is set up, one after the other: each is answered once, by
 * {@link DialogueCommand.Answered} or {@link DialogueCommand.Refused}, unless the dialogue ends
 * before.
 *
 * <p>What plays is paused before it is played from elsewhere: RFC 2326 section 10.5 has a PLAY wait
 * for the end of the one before, and PAUSE discards that (section 10.6). A camera that refuses
 * PAUSE is sent the PLAY all the same. Where it refuses the PLAY, what was paused goes on.
 */
final class SessionRequests {
  private static final int MOST_WAITING = 16;
  private static final int SESSION_NOT_FOUND = 454;

  private enum Step {
    EXCHANGE,
    PAUSE,
    /** PAUSE on the way to another place. */
    INTERRUPT,
    PLAY,
    /** PLAY of what was interrupted, since the camera does not play the other place. */
    GO_ON
  }

  private final DialogueContext dialogue;
  private final PlayControl playback;
  private final Queue<SessionRequest> waiting = new ArrayDeque<>();
  private @Nullable SessionRequest current;
  private Step step = Step.EXCHANGE;
  private boolean interrupted;
  private @Nullable RtspResponse refusal;
  private int cseq;
  private long due;

  SessionRequests(DialogueContext dialogue, PlayControl playback) {
    this.dialogue = dialogue;
    this.playback = playback;
  }

  void add(SessionRequest request, long now) {
    if (!dialogue.state().isSetUp()) {
      refuse(request, "there is no session that plays or is paused");
    } else if (waiting.size() >= MOST_WAITING) {
      refuse(request, MOST_WAITING + " requests wait for their turn already");
    } else {
      waiting.add(request);
      next(now);
    }
  }

  private void next(long now) {
    if (current == null && !waiting.isEmpty()) {
      current = waiting.remove();
      interrupted = false;
      refusal = null;
      begin(current, now);
    }
  }

  private void begin(SessionRequest request, long now) {
    if (request instanceof SessionRequest.Pause) {
      take(Step.PAUSE, now);
    } else if (request instanceof SessionRequest.Play play) {
      boolean waits =
          dialogue.is(DialogueState.PLAYING) && !dialogue.replay().of(play.play()).isImmediate();
      take(waits ? Step.INTERRUPT : Step.PLAY, now);
    } else {
      take(Step.EXCHANGE, now);
    }
  }

  // ---- Requests

  private void take(Step next, long now) {
    step = next;
    playback.controls().first();
    send(now);
  }

  private void send(long now) {
    due = now + dialogue.options().responseTimeout().toNanos();
    cseq =
        switch (step) {
          case EXCHANGE -> exchange((SessionRequest.Exchange) Objects.requireNonNull(current), now);
          case PAUSE, INTERRUPT -> send(Method.PAUSE, Headers.empty(), Body.empty(), now);
          case PLAY, GO_ON -> play(now);
        };
  }

  private int play(long now) {
    PlayRequest asked = dialogue.backChannel().require(asked());
    return send(Method.PLAY, asked.all(), Body.empty(), now);
  }

  private int exchange(SessionRequest.Exchange request, long now) {
    return send(request.method(), request.headers(), request.body(), now);
  }

  private int send(Method method, Headers headers, Body body, long now) {
    return dialogue.send(method, playback.controls().current(), headers, body, now);
  }

  private PlayRequest asked() {
    SessionRequest.Play play = (SessionRequest.Play) Objects.requireNonNull(current);
    PlayRequest asked = dialogue.replay().of(play.play());
    return step == Step.GO_ON ? asked.withRange(null) : asked;
  }

  // ---- Answers

  /** Takes an answer to one of these requests; false if it is another's. */
  boolean answered(Sent sent, RtspResponse response, long now) {
    if (current == null || sent.cseq() != cseq || !dialogue.state().isSetUp()) {
      return false;
    }
    if (response.status() == 401 && dialogue.isAnswerable(sent, response)) {
      send(now);
    } else if (goesOnWithAnotherTrack(response)) {
      send(now);
    } else {
      playback.controls().first();
      finish(sent, response, now);
    }
    return true;
  }

  /** Where the camera takes a request for each track alone (RFC 2326 section 11.3.10). */
  private boolean goesOnWithAnotherTrack(RtspResponse response) {
    if (step == Step.EXCHANGE) {
      return false;
    }
    if (response.isSuccess() && isPlay()) {
      playback.answered(asked(), response);
    }
    return playback.separates(response)
        || (response.isSuccess()
            && playback.controls().areSeparate()
            && playback.controls().next());
  }

  private boolean isPlay() {
    return step == Step.PLAY || step == Step.GO_ON;
  }

  private void finish(Sent sent, RtspResponse response, long now) {
    switch (step) {
      case EXCHANGE -> done(response, now);
      case PAUSE -> paused(response, now);
      case INTERRUPT -> {
        interrupted = response.isSuccess();
        pause(interrupted);
        take(Step.PLAY, now);
      }
      case PLAY -> played(sent, response, now);
      case GO_ON -> wentOn(response, now);
    }
  }

  private void paused(RtspResponse response, long now) {
    pause(response.isSuccess());
    if (response.isSuccess()) {
      dialogue.command(new DialogueCommand.Paused());
    }
    done(response, now);
  }

  private void pause(boolean paused) {
    if (paused && dialogue.is(DialogueState.PLAYING)) {
      dialogue.become(DialogueState.PAUSED);
    }
  }

  private void played(Sent sent, RtspResponse response, long now) {
    if (response.isSuccess()) {
      resume();
      done(response, now);
    } else if (response.status() == SESSION_NOT_FOUND && dialogue.is(DialogueState.PAUSED)) {
      dialogue.end(EndReason.Kind.SESSION_LOST, dialogue.said(sent, response));
    } else if (interrupted) {
      refusal = response;
      take(Step.GO_ON, now);
    } else {
      done(response, now);
    }
  }

  private void wentOn(RtspResponse response, long now) {
    if (response.isSuccess()) {
      resume();
    } else {
      dialogue.command(new DialogueCommand.Paused());
    }
    done(Objects.requireNonNull(refusal), now);
  }

  private void resume() {
    if (dialogue.is(DialogueState.PAUSED)) {
      dialogue.become(DialogueState.PLAYING);
      dialogue.command(new DialogueCommand.Playing());
    }
  }

  private void done(RtspResponse response, long now) {
    long id = Objects.requireNonNull(current).id();
    current = null;
    dialogue.command(new DialogueCommand.Answered(id, response));
    next(now);
  }

  // ---- None

  /** When the answer to the present one is due. */
  OptionalLong deadline() {
    return current == null || !dialogue.state().isSetUp()
        ? OptionalLong.empty()
        : OptionalLong.of(due);
  }

  /** Whether that was not met. */
  boolean isOverdue(long now) {
    OptionalLong deadline = deadline();
    return deadline.isPresent() && now - deadline.getAsLong() >= 0;
  }

  /** No answer came in time; while nothing plays, that alone says that the camera is gone. */
  void expired(long now) {
    String method = isPlay() ? "PLAY" : step == Step.EXCHANGE ? "the request" : "PAUSE";
    String within = " within " + dialogue.options().responseTimeout().toMillis() + " ms";
    String why = "no answer to " + method + within;
    if (dialogue.is(DialogueState.PAUSED) && isPlay()) {
      dialogue.end(EndReason.Kind.SILENT, why);
      return;
    }
    SessionRequest unanswered = Objects.requireNonNull(current);
    current = null;
    playback.controls().first();
    refuse(unanswered, why);
    next(now);
  }

  /** The session is lost, and another will be set up. */
  void sessionLost() {
    if (current != null) {
      refuse(current, "the session was lost");
      current = null;
    }
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      refuse(next, "the session was lost");
    }
  }

  private void refuse(SessionRequest request, String why) {
    dialogue.command(new DialogueCommand.Refused(request.id(), why));
  }
}
