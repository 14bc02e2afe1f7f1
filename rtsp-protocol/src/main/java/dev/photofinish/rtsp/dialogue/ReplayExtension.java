package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;

/**
 * ONVIF's replay extension (ONVIF Streaming Specification section 6): required of the camera where
 * the user asks for it, as long as it does not say that it has none. It is played without then.
 */
final class ReplayExtension {
  /** Option not supported (RFC 2326 section 11.3.14). */
  private static final int NOT_SUPPORTED = 551;

  private final DialogueContext dialogue;
  private boolean missing;

  ReplayExtension(DialogueContext dialogue) {
    this.dialogue = dialogue;
  }

  /** What of {@code wanted} this camera may be asked for. */
  PlayRequest of(PlayRequest wanted) {
    return missing ? wanted.withoutReplay() : wanted;
  }

  /** Whether it is for the extension that a request was refused: it is sent without from now on. */
  boolean refused(Sent sent, RtspResponse response) {
    boolean is =
        !missing
            && response.status() == NOT_SUPPORTED
            && sent.requires()
            && dialogue.options().play().features().contains(FeatureTags.REPLAY)
            && isNamed(response);
    if (is) {
      missing = true;
      dialogue.learnt(Trait.NO_REPLAY);
    }
    return is;
  }

  /** Some leave out what they do not support. */
  private static boolean isNamed(RtspResponse response) {
    List<String> named = FeatureTags.parseAll(response.headers().all(HeaderNames.UNSUPPORTED));
    return named.isEmpty() || named.contains(FeatureTags.REPLAY);
  }
}
