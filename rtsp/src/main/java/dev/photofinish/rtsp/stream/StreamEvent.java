package dev.photofinish.rtsp.stream;

import dev.photofinish.race.RaceReport;
import dev.photofinish.rtsp.dialogue.EndReason;

/**
 * Something that happened to a stream.
 *
 * @param <C> the driver's connections
 */
public sealed interface StreamEvent<C extends PlayedConnection> {

  /** Hands this event to the receiver's method for it. */
  void deliver(Receiver<C> receiver);

  /** One method an event, so that a new kind does not compile until it is handled. */
  interface Receiver<C extends PlayedConnection> {
    void opened();

    void attemptEnded(EndReason end);

    void raceWon(C connection, RaceReport report);

    void raceLost(RaceReport report, String message);

    void raceBroken(String reason);

    void mediaCame(C connection);

    void stalled(C connection);

    void fellSilent(C connection, EndReason end);

    void sourcesLeft(C connection, EndReason end);

    void paused(C connection);

    void resumed(C connection);

    void resumeRequested();

    void connectionEnded(C connection, EndReason end);

    void closeRequested(String reason);

    void tick();
  }

  /** The stream was opened: always the first event. */
  record Opened<C extends PlayedConnection>() implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.opened();
    }
  }

  /** The dialogue of an attempt ended while the race was running. */
  record AttemptEnded<C extends PlayedConnection>(EndReason end) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.attemptEnded(end);
    }
  }

  /** The race was won. */
  record RaceWon<C extends PlayedConnection>(C connection, RaceReport report)
      implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.raceWon(connection, report);
    }
  }

  /** The race failed or timed out; {@code message} says how its attempts ended. */
  record RaceLost<C extends PlayedConnection>(RaceReport report, String message)
      implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.raceLost(report, message);
    }
  }

  /** The race could not be run. */
  record RaceBroken<C extends PlayedConnection>(String reason) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.raceBroken(reason);
    }
  }

  /** Media came on a connection that is not reported to play: the first, or after a silence. */
  record MediaCame<C extends PlayedConnection>(C connection) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.mediaCame(connection);
    }
  }

  /** The camera answers, but sends no media. */
  record Stalled<C extends PlayedConnection>(C connection) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.stalled(connection);
    }
  }

  /** The silence watch gave the connection up; it is still open. */
  record FellSilent<C extends PlayedConnection>(C connection, EndReason end)
      implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.fellSilent(connection, end);
    }
  }

  /** The camera answered PAUSE: no media is due. */
  record Paused<C extends PlayedConnection>(C connection) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.paused(connection);
    }
  }

  /** The camera answered PLAY after a pause: media is due. */
  record Resumed<C extends PlayedConnection>(C connection) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.resumed(connection);
    }
  }

  /** The user has a paused stream go on whose connection was lost. */
  record ResumeRequested<C extends PlayedConnection>() implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.resumeRequested();
    }
  }

  /**
   * Nothing more will come: every source of media said goodbye (RFC 3550 section 6.6), or the
   * recording is at its end. The connection is still open.
   */
  record SourcesLeft<C extends PlayedConnection>(C connection, EndReason end)
      implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.sourcesLeft(connection, end);
    }
  }

  /** The connection is closed: its last event. */
  record ConnectionEnded<C extends PlayedConnection>(C connection, EndReason end)
      implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.connectionEnded(connection, end);
    }
  }

  /** The user closes the stream. */
  record CloseRequested<C extends PlayedConnection>(String reason) implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.closeRequested(reason);
    }
  }

  /** The deadline has come, or would have. */
  record Tick<C extends PlayedConnection>() implements StreamEvent<C> {
    @Override
    public void deliver(Receiver<C> receiver) {
      receiver.tick();
    }
  }
}
