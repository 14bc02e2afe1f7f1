package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.EndReason;
import java.io.IOException;

/**
 * Ends a connection for a reason of its own: fired through the pipeline by a handler that carries
 * the connection, such as a tunnel's.
 */
public final class ConnectionEndException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient EndReason end;

  public ConnectionEndException(EndReason end) {
    super(end.reason());
    this.end = end;
  }

  /** Why it is over. */
  public EndReason end() {
    return end;
  }

  /** The place in the code says nothing: what happened is in the message. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
