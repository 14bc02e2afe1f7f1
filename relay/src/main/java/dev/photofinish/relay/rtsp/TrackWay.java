package dev.photofinish.relay.rtsp;

/** The way of one track's packets, from its SETUP on. */
interface TrackWay {
  /** Lets go of what it holds, used or not. */
  void close();
}
