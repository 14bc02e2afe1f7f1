package dev.photofinish.rtsp.dialogue.server;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one RTSP connection, from the reader's first request to its last (RFC 2326):
 * a pure machine without clock or channel.
 *
 * <p>A driver hands in one event, runs the commands until there is none, and comes back with a
 * {@link ServerEvent.Tick} at the {@link #deadline}. Times are nanoseconds of its clock, compared
 * by subtraction.
 */
public final class ServerDialogue {

  /**
   * @param encrypted whether the connection is TLS, so that Basic may be asked for
   * @param random draws nonces and session ids: a {@code SecureRandom}, but in tests
   * @param now when the connection was accepted
   */
  public ServerDialogue(
      ServerSettings settings, boolean encrypted, Access access, RandomGenerator random, long now) {
    throw new UnsupportedOperationException();
  }

  /** What happened at {@code now}; after the end, nothing does. */
  public void handle(ServerEvent event, long now) {
    throw new UnsupportedOperationException();
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable ServerCommand poll() {
    throw new UnsupportedOperationException();
  }

  /** When to come back with a {@link ServerEvent.Tick}; empty when all is over. */
  public OptionalLong deadline() {
    throw new UnsupportedOperationException();
  }

  /** Whether the connection is over: no command follows those that wait. */
  public boolean isOver() {
    throw new UnsupportedOperationException();
  }
}
