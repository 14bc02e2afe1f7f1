package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The id of the session, and the other one that a camera may have given it. */
final class SessionIdentity {
  private final DialogueContext dialogue;
  private @Nullable String other;

  SessionIdentity(DialogueContext dialogue) {
    this.dialogue = dialogue;
  }

  boolean isKnown() {
    return dialogue.requests().session() != null;
  }

  /**
   * Reads the answer to a SETUP. RFC 2326 section 12.37: the id that the first one was answered
   * with is the session's.
   */
  void learn(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      if (!isKnown()) {
        dialogue.requests().session(session.id());
      } else if (!session.id().equals(dialogue.requests().session())) {
        other = session.id();
      }
      dialogue.keepAlive().timeout(session.effectiveTimeout());
    } else if (!isKnown() && !dialogue.forgives(Quirk.NO_SESSION)) {
      throw new RtspFormatException("Session header", "", "an id");
    }
  }

  /**
   * A camera that changed the id between SETUPs may have meant the other one: its turn, once.
   *
   * @return whether there is another
   */
  boolean useOther() {
    if (other == null) {
      return false;
    }
    dialogue.requests().session(other);
    other = null;
    return true;
  }

  /** The session is lost. */
  void forget() {
    dialogue.requests().session(null);
    other = null;
  }
}
