package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a dialogue: the request that is the probe of its race, and what its answer
 * describes.
 *
 * <p>The probe is DESCRIBE, so that its answer is used. A camera that refuses it may want OPTIONS
 * before: that is asked then, once, and DESCRIBE again.
 */
final class Opening {
  /** Refusals that an OPTIONS before may spare: none of them is about the client. */
  private static final Set<Integer> UNPREPARED =
      Set.of(400, 404, 405, 412, 454, 455, 500, 501, 551);

  private static final int NOT_FOUND = 404;

  private final DialogueContext dialogue;
  private final SessionSetup setup;
  private final PlayControl playback;

  private boolean selected;
  private @Nullable Answer probe;
  private boolean prepared;

  /** What a DESCRIBE without an OPTIONS before was refused with; null if none was. */
  private @Nullable EndReason refusal;

  /** The first response, and what it answers. */
  record Answer(Sent sent, RtspResponse response) {}

  Opening(DialogueContext dialogue, SessionSetup setup, PlayControl playback) {
    this.dialogue = dialogue;
    this.setup = setup;
    this.playback = playback;
  }

  // ---- The probe

  /** Sends the first request. */
  void begin(long now) {
    dialogue.become(DialogueState.PROBING);
    KnownDevice known = dialogue.options().known();
    if (known.has(Trait.OPTIONS_FIRST) || known.endsAt(Method.DESCRIBE)) {
      options(now);
    } else {
      describe(now);
    }
  }

  /** The first response came. */
  void probed(Sent sent, RtspResponse response) {
    dialogue.become(DialogueState.PROBED);
    probe = new Answer(sent, response);
    dialogue.command(new DialogueCommand.Responded(response));
  }

  void select() {
    selected = true;
  }

  /** The first response, once this connection is selected; null before, and again after. */
  @Nullable Answer takeProbe() {
    Answer taken = selected ? probe : null;
    probe = selected ? null : probe;
    return taken;
  }

  /** Goes on from the first response: from a challenge with credentials. */
  void use(Answer first, long now) {
    dialogue.become(DialogueState.DESCRIBING);
    if (first.response().status() == 401) {
      describe(now);
    } else {
      answered(first.sent(), first.response(), now);
    }
  }

  // ---- DESCRIBE

  private void options(long now) {
    prepared = true;
    dialogue.send(Method.OPTIONS, dialogue.options().url(), Headers.empty(), now);
  }

  void describe(long now) {
    Headers headers =
        dialogue.backChannel().requirement().plus(HeaderNames.ACCEPT, "application/sdp");
    dialogue.send(Method.DESCRIBE, dialogue.options().url(), headers, now);
  }

  /** An answer came that does not decide by its status alone; an OPTIONS not known is let pass. */
  void answered(Sent sent, RtspResponse response, long now) {
    if (sent.method().equals(Method.OPTIONS)) {
      describe(now);
    } else if (response.isSuccess()) {
      described(sent, response, now);
    } else if (dialogue.backChannel().refused(sent, response)) {
      describe(now);
    } else if (!prepared && UNPREPARED.contains(response.status())) {
      refusal = refusal(sent, response);
      dialogue.backChannel().requireAgain();
      options(now);
    } else {
      dialogue.end(refusal(sent, response));
    }
  }

  private EndReason refusal(Sent sent, RtspResponse response) {
    boolean unknown = response.status() == NOT_FOUND;
    EndReason.Kind kind = unknown ? EndReason.Kind.NOT_FOUND : EndReason.Kind.REFUSED;
    return new EndReason(kind, dialogue.said(sent, response));
  }

  /** What DESCRIBE was refused with, while it is asked again; {@code end} where it was not. */
  EndReason refusalOr(EndReason end) {
    return refusal == null || !dialogue.is(DialogueState.DESCRIBING) ? end : refusal;
  }

  private void described(Sent sent, RtspResponse response, long now) {
    if (refusal != null) {
      dialogue.learnt(Trait.OPTIONS_FIRST);
    }
    try {
      DialogueOptions options = dialogue.options();
      Presentation presentation = Presentation.of(options, response, dialogue.keys());
      dialogue.backChannel().described(presentation);
      if (areEnough(presentation, sent)) {
        dialogue.description(response.body().text());
        playback.control(presentation.aggregate());
        dialogue.become(DialogueState.SETTING_UP);
        setup.begin(presentation.media(), now);
      }
    } catch (RtspFormatException e) {
      dialogue.end(DialogueContext.broken(sent, e));
    }
  }

  /** Media whose keys cannot be used are no end of the others, unless there are none. */
  private boolean areEnough(Presentation presentation, Sent sent) {
    for (Presentation.LeftOut without : presentation.leftOut()) {
      EndReason why = DialogueContext.noKeys(sent, without.why());
      if (without.isBackChannel()) {
        dialogue.backChannel().leaveOut(why.reason());
      } else if (!presentation.isPlayable() || !dialogue.forgives(Quirk.REFUSED_MEDIA)) {
        dialogue.end(why);
        return false;
      } else {
        dialogue.skipped(without.media(), why.reason());
      }
    }
    return true;
  }
}
