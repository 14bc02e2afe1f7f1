package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for their turn: one is answered at a time, so that answers keep the order
 * of the requests (RFC 2326 section 9.1).
 */
final class RequestQueue {
  private final ServerContext context;
  private final Admission admission;
  private final Router router;
  private final Queue<RtspRequest> waiting = new ArrayDeque<>();
  private ServerEvent.@Nullable Malformed last;

  RequestQueue(ServerContext context, Admission admission, Router router) {
    this.context = context;
    this.admission = admission;
    this.router = router;
  }

  void add(RtspRequest request) {
    waiting.add(request);
  }

  boolean isTooLong() {
    return waiting.size() > context.settings().pendingRequests();
  }

  /** What came is no request: behind those that wait, nothing more is read. */
  void end(ServerEvent.Malformed malformed) {
    last = malformed;
  }

  boolean isEnded() {
    return last != null;
  }

  /** Answers what waits, as far as the driver is not asked; the reason to close then, or null. */
  @Nullable String work(long now) {
    while (context.ticket() == null && !waiting.isEmpty()) {
      router.route(new Exchange(context, waiting.remove()), now);
      if (admission.isExhausted()) {
        return "too many logins were refused";
      }
    }
    if (last == null || context.ticket() != null) {
      return null;
    }
    context.send(Exchange.toMalformed(context, last.cseq()));
    return last.reason();
  }

  /** Answers all that waits, and the request that the driver is asked for. */
  void refuseAll(Refusal refusal) {
    Wait open = context.cancel();
    if (open != null) {
      open.exchange().answer(refusal);
    }
    waiting.forEach(request -> new Exchange(context, request).answer(refusal));
    waiting.clear();
    if (last != null) {
      context.send(Exchange.toMalformed(context, last.cseq()));
    }
  }
}
