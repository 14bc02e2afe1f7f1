package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of the session, and the other one that a camera may have given it: which of them holds,
 * the {@link SessionIdPolicy} says.
 */
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
   * with is the session's, unless the newest is to be.
   */
  void learn(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      take(session.id());
      dialogue.keepAlive().timeout(session.effectiveTimeout());
    } else if (!isKnown() && !dialogue.forgives(Quirk.NO_SESSION)) {
      throw new RtspFormatException("Session header", "", "an id");
    }
  }

  private void take(String id) {
    String known = dialogue.requests().session();
    if (id.equals(known)) {
      return;
    }
    if (known == null || takesNewest()) {
      other = known;
      dialogue.requests().session(id);
    } else {
      other = id;
    }
  }

  private boolean takesNewest() {
    return dialogue.options().sessionId() == SessionIdPolicy.NEWEST;
  }

  /** Reads the answer to any request: it changes the id where the newest is to be taken. */
  void answered(RtspResponse response) {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    if (header.isPresent() && takesNewest() && isKnown() && response.isSuccess()) {
      try {
        take(SessionHeader.parse(header.get()).id());
      } catch (RtspFormatException e) {
        // What cannot be read changes nothing.
      }
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
