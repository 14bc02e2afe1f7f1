package dev.photofinish.relay.rtsp;

/** The POST of an HTTP tunnel as its GET sees it. */
interface TunnelPost {
  /** Answers can be written again; on the event loop of the GET. */
  void goOn();

  /** The GET is closed. Any thread calls it. */
  void close();
}
