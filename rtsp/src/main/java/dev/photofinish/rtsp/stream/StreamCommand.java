package dev.photofinish.rtsp.stream;

import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that a {@link StreamMachine} wants its driver to do or to report.
 *
 * @param <C> the driver's connections
 */
public sealed interface StreamCommand<C extends PlayedConnection> {

  /** Hands this command to the driver's method for it. */
  void run(Driver<C> driver);

  /** The side of a stream that touches the world. */
  interface Driver<C extends PlayedConnection> {
    /**
     * Start a race.
     *
     * @param places how many attempts may be connected at one time
     * @param redirect where to, null for the camera's own addresses
     */
    void race(Strategy strategy, int places, @Nullable RtspUrl redirect);

    /** Cancel the running race. */
    void cancelRace();

    /** Go on with the dialogue of the race's winner. */
    void play(C connection);

    /** Watch a connection for silence again: its media came back. */
    void watchAgain(C connection);

    /**
     * TEARDOWN, its answer, then the close.
     *
     * @param end how the connection is to be reported to have ended; null for how it went
     */
    void tearDown(C connection, @Nullable EndReason end);

    /** TEARDOWN, and the close without waiting for an answer that is not to be expected. */
    void abandon(C connection, EndReason end);

    /** Report that media flows, {@code first} if it is the first of this connection. */
    void playing(C connection, boolean first, String reason);

    /** Report that the camera answers but sends no media. */
    void stalled(C connection, String reason);

    /** Report that the camera sends no media until it is asked to. */
    void paused(C connection);

    /** Report that a paused connection is closed; the next is made when the stream goes on. */
    void lostWhilePaused(EndReason end);

    /** Report that what played does so no more, and that another connection is being sought. */
    void reconnecting(String reason);

    /**
     * Report the next retry; {@link StreamMachine#deadline} brings it.
     *
     * @param news whether this kind of reason was not reported in this outage yet
     */
    void retryIn(int attempt, Duration delay, RetryStrategy strategy, String reason, boolean news);

    /** Report that the stream waits for something on this host; said once until it is over. */
    void waiting(Duration delay, String reason);

    /** Report that the user closed the stream. */
    void closed(String reason);

    /** Report that all of the recording was played. */
    void finished(String reason);

    /**
     * Report that the stream gave up.
     *
     * @param failure of the last try
     */
    void failed(TryFailure failure, String reason);

    /** Every connection is closed: the last command. */
    void over();
  }

  record Race<C extends PlayedConnection>(Strategy strategy, int places, @Nullable RtspUrl redirect)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.race(strategy, places, redirect);
    }
  }

  record CancelRace<C extends PlayedConnection>() implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.cancelRace();
    }
  }

  record Play<C extends PlayedConnection>(C connection) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.play(connection);
    }
  }

  record WatchAgain<C extends PlayedConnection>(C connection) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.watchAgain(connection);
    }
  }

  record TearDown<C extends PlayedConnection>(C connection, @Nullable EndReason end)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.tearDown(connection, end);
    }
  }

  record Abandon<C extends PlayedConnection>(C connection, EndReason end)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.abandon(connection, end);
    }
  }

  record Playing<C extends PlayedConnection>(C connection, boolean first, String reason)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.playing(connection, first, reason);
    }
  }

  record Stalled<C extends PlayedConnection>(C connection, String reason)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.stalled(connection, reason);
    }
  }

  record Paused<C extends PlayedConnection>(C connection) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.paused(connection);
    }
  }

  record LostWhilePaused<C extends PlayedConnection>(EndReason end) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.lostWhilePaused(end);
    }
  }

  record Finished<C extends PlayedConnection>(String reason) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.finished(reason);
    }
  }

  record Reconnecting<C extends PlayedConnection>(String reason) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.reconnecting(reason);
    }
  }

  record RetryIn<C extends PlayedConnection>(
      int attempt, Duration delay, RetryStrategy strategy, String reason, boolean news)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.retryIn(attempt, delay, strategy, reason, news);
    }
  }

  record Waiting<C extends PlayedConnection>(Duration delay, String reason)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.waiting(delay, reason);
    }
  }

  record Closed<C extends PlayedConnection>(String reason) implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.closed(reason);
    }
  }

  record Failed<C extends PlayedConnection>(TryFailure failure, String reason)
      implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.failed(failure, reason);
    }
  }

  record Over<C extends PlayedConnection>() implements StreamCommand<C> {
    @Override
    public void run(Driver<C> driver) {
      driver.over();
    }
  }
}
