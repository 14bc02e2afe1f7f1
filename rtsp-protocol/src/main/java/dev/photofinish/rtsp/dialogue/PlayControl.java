package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The life of a session that is set up: PLAY, keep-alives, TEARDOWN. */
final class PlayControl {
  /** RFC 2326 section 11.3.6: of a camera that is not ready for PLAY a moment after SETUP. */
  private static final int NOT_IN_THIS_STATE = 455;

  /** How often PLAY is asked of such a camera again, and how long after its answer. */
  private static final int MOST_AGAIN = 4;

  private static final long NOT_READY_NANOS = Duration.ofMillis(250).toNanos();

  /** RFC 2326 section 11.3.8. */
  private static final int INVALID_RANGE = 457;

  private final DialogueContext dialogue;

  private @Nullable Controls controls;
  private List<Track> tracks = List.of();
  private boolean played;

  /** How often PLAY was asked again, and whether it is to be. */
  private int again;

  private boolean notReady;

  /** The CSeq of the OPTIONS that asked for the camera's methods. */
  private int question;

  private Optional<Trait> learnt = Optional.empty();

  PlayControl(DialogueContext dialogue) {
    this.dialogue = dialogue;
  }

  /** The presentation's URL is known. */
  void control(RtspUrl aggregate) {
    controls = new Controls(aggregate);
  }

  /** The URLs of the session's requests. */
  Controls controls() {
    return Objects.requireNonNull(controls);
  }

  // ---- PLAY

  /** Whether PLAY of the session, or of one track of it, was answered with success. */
  boolean hasPlayed() {
    return played;
  }

  void begin(List<Track> ready, long now) {
    ready(ready);
    play(now);
  }

  /** The tracks are set up, and PLAY was sent ahead or will be. */
  void ready(List<Track> ready) {
    dialogue.become(DialogueState.STARTING);
    tracks = ready;
    dialogue.command(new DialogueCommand.Prepared(ready));
    controls().assign(ready);
    played = false;
    again = 0;
    notReady = false;
  }

  /** Sends PLAY, and returns its CSeq. */
  int play(long now) {
    Headers headers = dialogue.backChannel().require(dialogue.play()).all();
    return dialogue.send(Method.PLAY, controls().current(), headers, now);
  }

  /** Whether one request is for all tracks, as far as the camera is known. */
  boolean isAggregate() {
    return !controls().areSeparate();
  }

  void started(Sent sent, RtspResponse response, long now) {
    if (dialogue.replay().refused(sent, response)) {
      play(now);
      return;
    }
    if (isNotReady(response)) {
      notReady = true;
      dialogue.expectWithin(NOT_READY_NANOS, now);
      return;
    }
    boolean separates = separates(response);
    played |= response.isSuccess();
    if (response.isSuccess()) {
      answered(dialogue.play(), response);
    }
    if (controls().areSeparate() && !separates && !response.isSuccess()) {
      Track refused = tracks.get(controls().index());
      String why = dialogue.said(sent, response);
      dialogue.command(new DialogueCommand.TrackSkipped(refused.media(), why));
    }
    if (separates || (controls().areSeparate() && controls().next())) {
      play(now);
    } else if (played) {
      controls().first();
      dialogue.become(DialogueState.PLAYING);
      dialogue.command(new DialogueCommand.Playing());
      askWhatKeepsAlive(now);
    } else {
      dialogue.end(refusal(response.status()), dialogue.said(sent, response));
    }
  }

  private boolean isNotReady(RtspResponse response) {
    return response.status() == NOT_IN_THIS_STATE && isAggregate() && again < MOST_AGAIN;
  }

  /** Asks again, where the camera was not ready; false where it is not waited for. */
  boolean playAgain(long now) {
    boolean due = notReady;
    if (due) {
      notReady = false;
      again++;
      play(now);
    }
    return due;
  }

  private EndReason.Kind refusal(int status) {
    if (TransportChoice.isUnsupported(status)) {
      return dialogue.options().mayMove()
          ? EndReason.Kind.TRANSPORT_REFUSED
          : EndReason.Kind.NO_TRANSPORT;
    }
    return status == INVALID_RANGE ? EndReason.Kind.NO_SUCH_RANGE : EndReason.Kind.REFUSED;
  }

  /** PLAY was answered with success. */
  void answered(PlayRequest asked, RtspResponse response) {
    dialogue.command(new DialogueCommand.PlayAnswered(asked, response));
  }

  /** Whether the camera asks for track by track, which it is from now on. */
  boolean separates(RtspResponse response) {
    return controls().separates(response.status(), tracks);
  }

  // ---- Keep-alive

  /** Sends a keep-alive now, to learn whether the camera lives. */
  void stayAlive(long now) {
    if (dialogue.state().isSetUp()) {
      Method method = dialogue.keepAlive().method();
      dialogue.send(method, controls().current(), Headers.empty(), now);
    }
  }

  /** The next keep-alive is due. */
  void keepAliveDue(long now) {
    dialogue.keepAlive().due();
    stayAlive(now);
    dialogue.keepAlive().sent();
  }

  /** OPTIONS, where what keeps the session alive hangs on its answer: now it delays nothing. */
  private void askWhatKeepsAlive(long now) {
    if (dialogue.keepAlive().wantsOptions()) {
      question = dialogue.send(Method.OPTIONS, controls().current(), Headers.empty(), now);
    }
  }

  void keptAlive(Sent sent, RtspResponse response, long now) {
    if (response.isSuccess()) {
      learn(sent);
      dialogue.keepAlive().accepted(sent.method());
    } else {
      separates(response);
      refusedKeepAlive(sent, response.status(), now);
    }
  }

  /** The answer to the question for methods is none to a keep-alive. */
  private void learn(Sent sent) {
    Optional<Trait> trait = Trait.aliveBy(sent.method());
    if (sent.cseq() != question && !trait.equals(learnt)) {
      learnt = trait;
      trait.ifPresent(dialogue::learnt);
    }
  }

  /** Tries the next method at once, before the session ends; false if there is none to try. */
  boolean refusedKeepAlive(Sent sent, int status, long now) {
    boolean next = dialogue.keepAlive().refused(sent.method(), status);
    if (next && sent.cseq() != question) {
      stayAlive(now);
      dialogue.keepAlive().sent();
    }
    return next;
  }

  // ---- TEARDOWN

  void leave(long now) {
    dialogue.become(DialogueState.LEAVING);
    controls().first();
    tearDown(now);
  }

  private void tearDown(long now) {
    dialogue.send(Method.TEARDOWN, controls().current(), Headers.empty(), now);
  }

  /** An answer while TEARDOWN's is waited for. */
  void left(Sent sent, RtspResponse response, long now) {
    if (!sent.method().equals(Method.TEARDOWN)) {
      return;
    }
    if (response.status() != 401) {
      tornDown(sent, response, now);
    } else if (dialogue.canAnswer(sent, response)) {
      tearDown(now);
    }
  }

  /** TEARDOWN was answered: for all, or for one track of them. */
  private void tornDown(Sent sent, RtspResponse response, long now) {
    boolean separates = separates(response);
    if (separates || (response.isSuccess() && controls().next())) {
      tearDown(now);
    } else {
      dialogue.end(EndReason.Kind.LEFT, dialogue.said(sent, response));
    }
  }
}
