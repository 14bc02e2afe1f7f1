package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspResponse;

/**
 * The way for audio to the camera, from the wish for it to a track of the session (ONVIF Streaming
 * Specification section 5.3): a camera describes it to those who require it. One that refuses the
 * requirement, or hung up at it twice, is played without.
 */
final class BackChannel {
  private final DialogueContext dialogue;
  private boolean required;
  private boolean present;
  private boolean live;

  /** Of the last DESCRIBE that required it; human-readable. */
  private String refusal = "";

  BackChannel(DialogueContext dialogue) {
    this.dialogue = dialogue;
    this.required = isWanted() && !endsConnections();
  }

  /** Whether one is to be set up. */
  boolean isWanted() {
    return dialogue.options().backChannel();
  }

  private boolean endsConnections() {
    return dialogue.options().known().endsAtRequirementOf(Method.DESCRIBE);
  }

  // ---- DESCRIBE

  /** Its header Require; empty if nothing is required. */
  Headers requirement() {
    return required
        ? PlayRequest.LIVE.requiring(FeatureTags.BACK_CHANNEL).required()
        : Headers.empty();
  }

  /** Whether it was a DESCRIBE that required it that was refused: the next one does not. */
  boolean refused(Sent sent, RtspResponse response) {
    boolean was = required;
    if (was) {
      required = false;
      refusal = dialogue.said(sent, response) + ", which requires it";
    }
    return was;
  }

  /** DESCRIBE is refused without it too, so that it is not to blame. */
  void requireAgain() {
    required = isWanted() && !endsConnections();
  }

  /** A description came. */
  void described(Presentation presentation) {
    live = presentation.isLive();
    if (!isWanted() || presentation.describesBackChannel()) {
      return;
    }
    if (endsConnections()) {
      leaveOut("a DESCRIBE that requires it ended the connection twice");
    } else {
      leaveOut(required ? "the camera describes none" : refusal);
    }
  }

  // ---- The session

  /**
   * What PLAY and SETUP of it ask for while it is to be set up: the feature with the others, and
   * what is described as live from now on. GStreamer's server goes to the place {@code 0} that is
   * asked for, which a back channel cannot do, and refuses.
   */
  PlayRequest require(PlayRequest play) {
    if (!present) {
      return play;
    }
    boolean seeks = play.range() != null && !play.ofRecording();
    return (live && seeks ? play.withRange(RangeHeader.fromNow()) : play)
        .requiring(FeatureTags.BACK_CHANNEL);
  }

  /** There is none in this session. */
  void leaveOut(String why) {
    present = false;
    dialogue.command(new DialogueCommand.WithoutBackChannel(why));
  }

  /** Media are to be set up; {@code is} if the back channel is one of them. */
  void setUp(boolean is) {
    present = is;
  }
}
