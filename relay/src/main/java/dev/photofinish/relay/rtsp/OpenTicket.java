package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.dialogue.server.Refusal;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one ticket of a connection's dialogue that is open. What comes too late for it, or is not
 * waited for any more, is undone.
 */
final class OpenTicket {
  private static final long NONE = -1;

  private final ReaderConnection connection;
  private long open = NONE;
  private @Nullable Runnable undo;

  OpenTicket(ReaderConnection connection) {
    this.connection = connection;
  }

  /** Takes what was asked for. */
  @FunctionalInterface
  interface Answer<T> {
    /**
     * Takes it, or lets it go.
     *
     * @param late whether nobody waits for it any more
     */
    void accept(T value, boolean late);
  }

  /** Opens a ticket that is answered without waiting. */
  void open(long ticket) {
    open = ticket;
    undo = null;
  }

  /** Undoes what was done for the open ticket, should it be cancelled. */
  void undoBy(Runnable task) {
    undo = task;
  }

  /** Answers a ticket once what it asks for is there, or not; on the connection's loop. */
  <T> void ask(long ticket, CompletionStage<T> asked, Answer<T> answer, Consumer<Refusal> refused) {
    open(ticket);
    asked.whenComplete(
        (value, failure) ->
            connection.onLoop(
                () -> {
                  boolean late = open != ticket || connection.isOver();
                  if (failure == null) {
                    answer.accept(value, late);
                  } else if (!late) {
                    refused.accept(RefusedException.refusal(failure));
                  }
                }));
  }

  void cancel(long ticket) {
    if (open == ticket) {
      open = NONE;
      if (undo != null) {
        undo.run();
      }
    }
  }

  /** Nothing is waited for any more. */
  void close() {
    open = NONE;
  }
}
