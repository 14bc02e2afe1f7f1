package dev.photofinish.rtsp.stream;

import dev.photofinish.race.RaceReport;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.rtsp.dialogue.EndReason;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The life of one camera's stream: races, has the winner played, and decides what follows from the
 * end of a connection, by the {@link RetrySchedule} and what is known of the device. At most one
 * connection plays; one that fell silent may be kept until the race for its replacement is won, and
 * plays again should its media come back before, or stays paused if that is what it answers. While
 * the stream is paused a connection that is lost is not replaced.
 *
 * <p>A driver hands it one event, runs the commands until there are none, and comes back at the
 * {@link #deadline}. What arrives while commands run waits. Answers for what is over are legal: a
 * race that is won after the end has its connection torn down. Times are nanoseconds of the
 * driver's clock, compared by subtraction. Not safe for use by several threads.
 *
 * @param <C> the driver's connections
 */
public final class StreamMachine<C extends PlayedConnection> {
  private final StreamLimits<C> limits;
  private final StreamFacts<C> facts = new StreamFacts<>();
  private final NextTry<C> next;
  private final Rules rules = new Rules();
  private long now;

  /** A stream that was not opened yet. */
  public StreamMachine(StreamSettings settings, RetrySchedule schedule, StreamLimits<C> limits) {
    this.limits = limits;
    this.next = new NextTry<>(settings, schedule, limits, facts);
  }

  /** Takes an event at {@code time}. */
  public void handle(StreamEvent<C> event, long time) {
    now = time;
    event.deliver(rules);
  }

  /** The next command, null when there is none. */
  public @Nullable StreamCommand<C> poll() {
    return facts.poll();
  }

  /** When to come back with a {@link StreamEvent.Tick}. */
  public OptionalLong deadline() {
    return next.deadline();
  }

  /**
   * Whether media was last reported to flow on this connection; where it was not and media comes,
   * {@link StreamEvent.MediaCame} is due.
   */
  public boolean isPlaying(C connection) {
    return facts.isPlaying(connection);
  }

  /** The connection on which media was last reported to flow; null before the first. */
  public @Nullable C played() {
    return facts.played();
  }

  /** The connection that plays or is about to. */
  public @Nullable C current() {
    return facts.current();
  }

  /** One rule an event. */
  private final class Rules implements StreamEvent.Receiver<C> {
    @Override
    public void opened() {
      next.race(now);
    }

    @Override
    public void tick() {
      next.tick(now);
    }

    @Override
    public void attemptEnded(EndReason end) {
      next.attemptEnded(end);
    }

    @Override
    public void raceWon(C connection, RaceReport report) {
      connection.won(now);
      if (next.won(report, now)) {
        facts.won(connection);
      } else {
        facts.wonTooLate(connection);
      }
    }

    @Override
    public void raceLost(RaceReport report, String message) {
      next.lost(report, message, now);
    }

    @Override
    public void raceBroken(String reason) {
      next.broken(reason, now);
    }

    @Override
    public void mediaCame(C connection) {
      if (connection == facts.silent()) {
        next.stop();
        facts.takeBack(connection);
        facts.command(new StreamCommand.WatchAgain<>(connection));
      }
      if (connection == facts.current()) {
        next.mediaCame(now);
        limits.playing(connection);
        facts.playing(connection);
      }
    }

    @Override
    public void stalled(C connection) {
      if (connection == facts.current() && !facts.isPaused()) {
        facts.stalled(connection, now);
      }
    }

    @Override
    public void fellSilent(C connection, EndReason end) {
      if (connection != facts.current() || facts.isPaused()) {
        return;
      }
      if (end.kind() == EndReason.Kind.UNREACHED) {
        facts.command(new StreamCommand.TearDown<>(connection, end));
      } else if (next.newestWins() && connection.hadMedia() && limits.hasRoomBeside(connection)) {
        facts.keepSilent();
        next.dropped(connection, end, now);
      } else if (end.kind() == EndReason.Kind.STALLED) {
        facts.command(new StreamCommand.TearDown<>(connection, end));
      } else {
        facts.command(new StreamCommand.Abandon<>(connection, end));
      }
    }

    @Override
    public void paused(C connection) {
      if (connection == facts.silent()) {
        next.stop();
        facts.takeBack(connection);
      }
      if (connection == facts.current()) {
        facts.paused(connection);
      }
    }

    @Override
    public void resumed(C connection) {
      if (connection == facts.current() && facts.isPaused()) {
        facts.resuming();
      }
    }

    @Override
    public void resumeRequested() {
      if (facts.isPaused() && facts.current() == null) {
        facts.resumeElsewhere();
        next.race(now);
      }
    }

    @Override
    public void sourcesLeft(C connection, EndReason end) {
      if (connection == facts.current() && !facts.isPaused()) {
        facts.command(new StreamCommand.TearDown<>(connection, end));
      }
    }

    @Override
    public void connectionEnded(C connection, EndReason end) {
      boolean played = connection == facts.current();
      boolean counted = played || connection == facts.silent();
      facts.ended(connection);
      if (counted) {
        limits.ended(connection, end);
      }
      if (played) {
        lost(connection, end);
      }
      facts.endWhenAllIsClosed();
    }

    private void lost(C connection, EndReason end) {
      if (end.kind() == EndReason.Kind.PLAYED_TO_THE_END) {
        facts.finish(new StreamCommand.Finished<>(end.reason()));
      } else if (facts.isPaused()) {
        facts.lostWhilePaused(end);
      } else {
        next.dropped(connection, end, now);
      }
    }

    @Override
    public void closeRequested(String reason) {
      if (!facts.isFinal()) {
        next.stop();
        facts.finish(new StreamCommand.Closed<>(reason));
      }
    }
  }
}
