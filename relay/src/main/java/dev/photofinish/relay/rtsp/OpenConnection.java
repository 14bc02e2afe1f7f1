package dev.photofinish.relay.rtsp;

import io.netty.util.concurrent.Future;

/** A connection as its server sees it: something to end. Any thread uses it. */
interface OpenConnection {
  /**
   * Ends it in order, since the server stops.
   *
   * @return done when its channel is closed
   */
  Future<?> shutDown();

  /** What its user may do is perhaps other than before. */
  void accessChanged();
}
