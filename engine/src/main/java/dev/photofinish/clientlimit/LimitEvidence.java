package dev.photofinish.clientlimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a device that says something of how many clients it takes. Numbers of connections
 * are those that this host had to the device; what others have is never known.
 */
public sealed interface LimitEvidence {

  /** Hands this fact to the handler's method for it; a handler that lacks one does not compile. */
  <R> R handle(Handler<R> handler);

  /** Concludes from each kind of evidence. */
  interface Handler<R> {
    R winnerClosed(WinnerClosed closed);

    R winnerLasted(WinnerLasted lasted);

    R evicted(Evicted evicted);

    R resetAfterAccept(ResetAfterAccept reset);

    R answeredAtCapacity(AnsweredAtCapacity full);

    R neverAnswered(NeverAnswered silent);

    R served(Served served);
  }

  /**
   * The device closed or reset a race's winner.
   *
   * @param wonAt nanoseconds of the ticker
   * @param request what the device was asked and did not answer, such as {@code SETUP
   *     rtsp://camera/track1}; null when nothing was open
   */
  record WinnerClosed(long wonAt, @Nullable String request) implements LimitEvidence {
    /** No request was open. */
    public WinnerClosed(long wonAt) {
      this(wonAt, null);
    }

    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.winnerClosed(this);
    }
  }

  /**
   * A winner was still open 30 s after winning, or ended earlier for another reason than the
   * device's close: closes before and after it are not in a row.
   */
  record WinnerLasted() implements LimitEvidence {
    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.winnerLasted(this);
    }
  }

  /**
   * A connection was closed within 100 ms after a newer one was established.
   *
   * @param open connections at that moment, both of them included: 2 or more
   */
  record Evicted(int open) implements LimitEvidence {
    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.evicted(this);
    }
  }

  /**
   * A connection was accepted and reset before anything was answered.
   *
   * @param others connections that were open beside it
   */
  record ResetAfterAccept(int others) implements LimitEvidence {
    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.resetAfterAccept(this);
    }
  }

  /**
   * A request was answered 453 or 503.
   *
   * @param retryAfter for how long the device asked to be left alone, zero if it did not say
   * @param others sessions that were open beside it
   * @param stream names the one that was asked for; empty if that is not known
   * @param servesOthers whether the device sent other streams to this host meanwhile: what it
   *     refuses may be this one alone
   */
  record AnsweredAtCapacity(
      int status, Duration retryAfter, int others, String stream, boolean servesOthers)
      implements LimitEvidence {

    /** Of a stream that has no name, while no other is served. */
    public AnsweredAtCapacity(int status, Duration retryAfter, int others) {
      this(status, retryAfter, others, "", false);
    }

    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.answeredAtCapacity(this);
    }
  }

  /**
   * A connection was accepted and never answered while others were served.
   *
   * @param served how many: 1 or more
   */
  record NeverAnswered(int served) implements LimitEvidence {
    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.neverAnswered(this);
    }
  }

  /** So many connections brought media at the same time. */
  record Served(int together) implements LimitEvidence {
    @Override
    public <R> R handle(Handler<R> handler) {
      return handler.served(this);
    }
  }
}
