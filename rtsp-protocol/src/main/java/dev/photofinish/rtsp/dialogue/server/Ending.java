package dev.photofinish.rtsp.dialogue.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Ends sessions that the server ends, and the connection. */
final class Ending {
  private final ServerContext context;
  private final Sessions sessions;
  private final RequestQueue queue;

  Ending(ServerContext context, Sessions sessions, RequestQueue queue) {
    this.context = context;
    this.sessions = sessions;
    this.queue = queue;
  }

  /**
   * Ends the sessions that are to end, and the connection where it has no others.
   *
   * @param why a session ends; empty for one that goes on
   */
  void end(Function<ServedSession, Optional<String>> why) {
    Map<ServedSession, String> ended = new LinkedHashMap<>();
    for (ServedSession session : sessions.all()) {
      why.apply(session).ifPresent(reason -> ended.put(session, reason));
    }
    if (!ended.isEmpty() && ended.size() == sessions.all().size()) {
      endAll(ended.values().iterator().next());
      return;
    }
    ended.forEach(
        (session, reason) -> {
          refuseWaitOf(session, reason);
          sessions.tearDown(session, reason);
        });
  }

  /** No request is open when the reader hears TEARDOWN: players take it for the answer to one. */
  void endAll(String reason) {
    queue.refuseAll(unavailable(reason));
    sessions.all().forEach(session -> sessions.tearDown(session, reason));
    close(reason);
  }

  /** The request that waits for this session's driver has its answer. */
  void refuseWaitOf(ServedSession session, String reason) {
    Ticket ticket = context.ticket();
    if (ticket != null && session.equals(ticket.waiting().session())) {
      context.cancel();
      ticket.waiting().exchange().answer(unavailable(reason));
    }
  }

  private static Refusal unavailable(String reason) {
    return new Refusal(Status.UNAVAILABLE.code(), reason);
  }

  void close(String reason) {
    context.cancel();
    sessions.closeAll(reason);
    context.command(new ServerCommand.CloseConnection(reason));
    context.end();
  }
}
