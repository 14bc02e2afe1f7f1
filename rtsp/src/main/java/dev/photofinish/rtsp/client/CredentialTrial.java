package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one attempt at a time go beyond its first response for as long as nobody knows whether the
 * credentials are right. With the finish line {@code media} every attempt authenticates itself, and
 * as many wrong tries at once lock an account.
 */
final class CredentialTrial {
  /** No more than a race may have connected at one time. */
  private final Deque<RacingConnection> waiting = new ArrayDeque<>();

  private @Nullable RacingConnection trying;
  private boolean passed;

  /** The endpoints that have refused them in this race. */
  private final BitSet refused = new BitSet();

  /** Another race begins, whose attempts may try. */
  void begin() {
    refused.clear();
  }

  /**
   * The attempt goes on as soon as it may; one that comes after the refusal stays where it is, and
   * ends with its race.
   */
  void enter(RacingConnection attempt, boolean credentials) {
    if (passed || !credentials) {
      attempt.connection().choose();
    } else if (refused.get(attempt.endpoint())) {
      return;
    } else if (trying == null) {
      trying = attempt;
      attempt.connection().choose();
    } else {
      waiting.add(attempt);
    }
  }

  /** The credentials are right. */
  void passed() {
    passed = true;
    trying = null;
    waiting.clear();
  }

  /** Learns of every end after {@code first} did. */
  BiConsumer<RacingConnection, EndReason> after(BiConsumer<RacingConnection, EndReason> first) {
    return (attempt, end) -> {
      first.accept(attempt, end);
      ended(attempt, end);
    };
  }

  private void ended(RacingConnection attempt, EndReason end) {
    waiting.remove(attempt);
    if (attempt != trying) {
      return;
    }
    trying = null;
    if (end.kind() == EndReason.Kind.UNAUTHORIZED) {
      refused.set(attempt.endpoint());
      while (!waiting.isEmpty()) {
        waiting.removeFirst().connection().abandon(end);
      }
    } else if (!waiting.isEmpty()) {
      trying = waiting.removeFirst();
      trying.connection().choose();
    }
  }
}
