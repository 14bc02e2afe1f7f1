package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.DialogueState.PAUSED;
import static dev.photofinish.rtsp.dialogue.DialogueState.SETTING_UP;

import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspResponse;

/**
 * The answers that decide by their status alone what comes next, whichever request they answer: a
 * challenge, a redirect, a camera at capacity, a lost session.
 */
final class DecisiveAnswers {
  private final DialogueContext context;
  private final Opening opening;
  private final SessionSetup setup;
  private final PlayControl playback;
  private final SessionRequests requests;

  DecisiveAnswers(
      DialogueContext context,
      Opening opening,
      SessionSetup setup,
      PlayControl playback,
      SessionRequests requests) {
    this.context = context;
    this.opening = opening;
    this.setup = setup;
    this.playback = playback;
    this.requests = requests;
  }

  /** Whether the answer decided; if not, it says what comes next in the step that it answers. */
  boolean stop(Sent sent, RtspResponse response, long now) {
    int status = response.status();
    if (status == 401 && context.state().isSetUp()) {
      boolean again = context.isAnswerable(sent, response);
      if (again) {
        playback.stayAlive(now);
      }
      return again;
    }
    if (status == 401) {
      if (context.canAnswer(sent, response)) {
        sendAgain(now);
      }
      return true;
    }
    if (status >= 300 && status < 400 && status != 304) {
      redirected(context.said(sent, response), response.headers());
      return true;
    }
    if ((status == 453 || status == 503) && !isServed()) {
      context.end(EndReasonReader.atCapacity(context.said(sent, response), response));
      return true;
    }
    if (status == 454 && context.state().hasSession()) {
      sessionLost(sent, response, now);
      return true;
    }
    return false;
  }

  private void sendAgain(long now) {
    switch (context.state()) {
      case DESCRIBING -> opening.describe(now);
      case SETTING_UP -> setup.setUp(now);
      case STARTING -> playback.play(now);
      default -> playback.stayAlive(now);
    }
  }

  /** Whether the camera serves us already: what it refuses now, it refuses to this request. */
  private boolean isServed() {
    return context.is(SETTING_UP) ? setup.hasTracks() : playback.hasPlayed();
  }

  /** A redirect, in an answer or as a request. */
  void redirected(String said, Headers headers) {
    context.end(EndReasonReader.redirected(said, headers, context.options().url()));
  }

  /**
   * RFC 2326 section 11.3.5; a session that was never played is not begun a second time, but for
   * the other id that the camera may have given it. Some answer a keep-alive like this that they do
   * not know: another one is tried before the session is given up.
   *
   * <p>A recording would begin again, and what is paused would play: neither is set up here.
   */
  private void sessionLost(Sent sent, RtspResponse response, long now) {
    if (context.state().isSetUp()) {
      if (!playback.refusedKeepAlive(sent, response.status(), now)) {
        replaceSession(sent, response, now);
      }
    } else if (setup.useOtherSession()) {
      sendAgain(now);
    } else {
      context.end(EndReason.Kind.SESSION_LOST, context.said(sent, response));
    }
  }

  private void replaceSession(Sent sent, RtspResponse response, long now) {
    if (context.is(PAUSED) || context.options().play().ofRecording()) {
      context.end(EndReason.Kind.SESSION_LOST, context.said(sent, response));
    } else {
      requests.sessionLost();
      setup.again(now);
    }
  }
}
