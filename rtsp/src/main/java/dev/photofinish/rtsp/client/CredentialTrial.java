package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one attempt at a time go beyond its first response for as long as nobody knows whether the
 * credentials are right. With the finish line {@code media} every attempt authenticates itself, and
 * as many wrong tries at once lock an account.
 */
final class CredentialTrial {
  private final Deque<CameraConnection> waiting = new ArrayDeque<>();
  private @Nullable CameraConnection trying;
  private boolean passed;

  /** The attempt goes on as soon as it may. */
  void enter(CameraConnection connection, boolean credentials) {
    if (passed || !credentials) {
      connection.choose();
    } else if (trying == null) {
      trying = connection;
      connection.choose();
    } else {
      waiting.add(connection);
    }
  }

  /** The credentials are right. */
  void passed() {
    passed = true;
    trying = null;
    waiting.clear();
  }

  /** Hears of every end before {@code next} does. */
  BiConsumer<CameraConnection, EndReason> before(BiConsumer<CameraConnection, EndReason> next) {
    return (connection, end) -> {
      next.accept(connection, end);
      ended(connection, end);
    };
  }

  private void ended(CameraConnection connection, EndReason end) {
    waiting.remove(connection);
    if (connection != trying) {
      return;
    }
    trying = null;
    if (end.kind() == EndReason.Kind.UNAUTHORIZED) {
      while (!waiting.isEmpty()) {
        waiting.removeFirst().abandon(end);
      }
    } else if (!waiting.isEmpty()) {
      trying = waiting.removeFirst();
      trying.choose();
    }
  }
}
