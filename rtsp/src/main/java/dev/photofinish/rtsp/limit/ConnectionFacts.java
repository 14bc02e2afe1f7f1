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
 * @param madeRoom whether the device closed it to make room for a newer one of ours
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
    boolean madeRoom,
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
        stream, State.OPEN, dialledAt, connectedAt, 0, false, false, false, false, media);
  }

  ConnectionFacts withWon() {
    return new ConnectionFacts(
        stream, state, dialledAt, connectedAt, closedAt, madeRoom, true, answered, session, media);
  }

  /**
   * @param withSession whether the answer gave it a session
   */
  ConnectionFacts withAnswer(boolean withSession) {
    return new ConnectionFacts(
        stream,
        state,
        dialledAt,
        connectedAt,
        closedAt,
        madeRoom,
        won,
        true,
        session || withSession,
        media);
  }

  ConnectionFacts closed(State how, long now) {
    return new ConnectionFacts(
        stream, how, dialledAt, connectedAt, now, false, won, answered, session, media);
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

  ConnectionFacts withRoomMade() {
    return new ConnectionFacts(
        stream, state, dialledAt, connectedAt, closedAt, true, won, answered, session, media);
  }

  /** Whether the device closed it, as far as we know for no other of ours. */
  boolean leftPlace() {
    return state == State.EVICTED && !madeRoom;
  }

  /** Whether the device closed this connection when it may have made room for {@code newer}. */
  boolean madeRoomFor(ConnectionFacts newer) {
    return state == State.EVICTED
        && newer.connectedAt - connectedAt > 0
        && Eviction.isEvidence(closedAt, newer.dialledAt, newer.connectedAt);
  }
}
