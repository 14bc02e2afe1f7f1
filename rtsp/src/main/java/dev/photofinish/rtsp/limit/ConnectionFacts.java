package dev.photofinish.rtsp.limit;

import dev.photofinish.race.Eviction;
import dev.photofinish.rtsp.stream.MediaArrivals;

/**
 * The facts of one connection of ours to a device; each change makes a new value. Times are
 * nanoseconds of the client's clock.
 *
 * @param stream whose connection it is
 * @param state what the device still counts of it
 * @param closedAt when it was closed, once it is no longer {@link State#OPEN}
 * @param won whether it won its race: from then on only the device or its stream ends it
 * @param answered whether the device answered anything on it
 * @param session whether the device gave it a session
 * @param media when its media came: asked, not copied
 */
record ConnectionFacts(
    Object stream,
    State state,
    long dialledAt,
    long connectedAt,
    long closedAt,
    boolean won,
    boolean answered,
    boolean session,
    MediaArrivals media) {

  /** The stages after a connection was established. */
  enum State {
    OPEN,
    /** Closed by us: the device may count it a little longer. */
    LEAVING,
    /** Closed by the device: no longer counted, but it may have made room for a newer one. */
    EVICTED
  }

  static ConnectionFacts established(
      Object stream, long dialledAt, long connectedAt, MediaArrivals media) {
    return new ConnectionFacts(
        stream, State.OPEN, dialledAt, connectedAt, 0, false, false, false, media);
  }

  ConnectionFacts withWon() {
    return new ConnectionFacts(
        stream, state, dialledAt, connectedAt, closedAt, true, answered, session, media);
  }

  /**
   * @param withSession whether the answer gave it a session
   */
  ConnectionFacts withAnswer(boolean withSession) {
    return new ConnectionFacts(
        stream, state, dialledAt, connectedAt, closedAt, won, true, session || withSession, media);
  }

  ConnectionFacts closed(State how, long now) {
    return new ConnectionFacts(
        stream, how, dialledAt, connectedAt, now, won, answered, session, media);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether the device closed it, and it was not {@code one}'s. */
  boolean isEvictedFromAnother(Object one) {
    return state == State.EVICTED && stream != one;
  }

  /** Whether it takes a place of the device's, as far as we know. */
  boolean isCounted() {
    return state != State.EVICTED;
  }

  /**
   * Whether the device may have closed this connection at {@code at} to make room for {@code
   * newer}.
   */
  boolean madeRoomFor(ConnectionFacts newer, long at) {
    return newer.connectedAt - connectedAt > 0
        && Eviction.isEvidence(at, newer.dialledAt, newer.connectedAt);
  }
}
