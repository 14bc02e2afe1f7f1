package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.dialogue.server.Refusal;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one ticket of a connection's dialogue that is open. What comes too late for it, or is not
 * waited for any more, is undone.
 */
final class OpenTicket {
  private static final long NONE = -1;

  private final ClientConnection connection;
  private long open = NONE;
  private @Nullable Runnable undo;

  OpenTicket(ClientConnection connection) {
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

  /**
   * Answers a SETUP. A way that comes too late, or that its session does not want any more, is
   * closed.
   *
   * @param wanted whether the session is still there
   * @param use takes the way
   * @param undo lets it go, should the SETUP be cancelled
   */
  <W extends TrackWay> void setUp(
      long ticket,
      CompletionStage<TransportOpener.Opened<W>> opening,
      BooleanSupplier wanted,
      Consumer<TransportOpener.Opened<W>> use,
      Runnable undo) {
    ask(
        ticket,
        opening,
        (opened, late) -> {
          if (late || !wanted.getAsBoolean()) {
            opened.way().close();
          } else {
            use.accept(opened);
            undoBy(undo);
            connection.event(new ServerEvent.TransportOpened(ticket, opened.answer()));
          }
        },
        refusal -> refuse(ticket, refusal));
  }

  /** Refuses a SETUP. */
  void refuse(long ticket, Refusal refusal) {
    connection.event(new ServerEvent.TransportRefused(ticket, refusal));
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
