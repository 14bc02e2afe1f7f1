package dev.photofinish.rtsp.tunnel;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The login that the tunnels of one stream share. As long as nobody knows whether the credentials
 * are right, one attempt at a time shows them: as many wrong tries at once lock an account.
 *
 * <p>It keeps the challenge of a camera that closes the connection behind its 401, so that the next
 * attempt can answer it.
 */
public final class HttpLogin {
  /** An attempt that wants to show its credentials; called on any thread. */
  interface Contender {
    /** The server that it shows them to. */
    String server();

    void proceed();

    void refused(EndReason end);
  }

  /** No more than a race may have connected at one time. */
  private final Deque<Contender> waiting = new ArrayDeque<>();

  private @Nullable Contender trying;
  private boolean proven;
  private List<String> challenge = List.of();

  /** By server, of this race: an attempt whose challenge comes late is not to try once more. */
  private final Map<String, EndReason> refusals = new HashMap<>();

  /** Another race begins, whose attempts may try. */
  public synchronized void begin() {
    refusals.clear();
  }

  /** Whether {@code contender} may go on now; if not, it is called when it may, or may not. */
  boolean enter(Contender contender) {
    EndReason refusal;
    synchronized (this) {
      refusal = refusals.get(contender.server());
      if (refusal == null) {
        return mayGoOn(contender);
      }
    }
    contender.refused(refusal);
    return false;
  }

  private boolean mayGoOn(Contender contender) {
    if (proven || trying == null || trying == contender) {
      trying = proven ? null : contender;
      return true;
    }
    waiting.add(contender);
    return false;
  }

  /** The credentials of {@code contender} were taken. */
  void accepted() {
    Contender[] free;
    synchronized (this) {
      proven = true;
      trying = null;
      free = waiting.toArray(new Contender[0]);
      waiting.clear();
    }
    for (Contender contender : free) {
      contender.proceed();
    }
  }

  /** The credentials of {@code contender} were refused: nobody else tries them. */
  void refused(Contender by, EndReason end) {
    Contender[] refused;
    synchronized (this) {
      proven = false;
      refusals.put(by.server(), end);
      trying = trying == by ? null : trying;
      refused = waiting.toArray(new Contender[0]);
      waiting.clear();
    }
    for (Contender contender : refused) {
      contender.refused(end);
    }
  }

  /** The attempt is over, or its tunnel open. */
  void leave(Contender contender) {
    Contender next = null;
    synchronized (this) {
      waiting.remove(contender);
      if (trying == contender) {
        next = waiting.poll();
        trying = next;
      }
    }
    if (next != null) {
      next.proceed();
    }
  }

  synchronized boolean isProven() {
    return proven;
  }

  /** The values of {@code WWW-Authenticate} that the next attempt answers before it is asked. */
  synchronized void remember(List<String> values) {
    challenge = List.copyOf(values);
  }

  synchronized List<String> challenge() {
    return challenge;
  }
}
