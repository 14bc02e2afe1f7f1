package dev.photofinish.rtsp.stream;

/** The transport by which the media of one connection are to come, and whether any did. */
public interface MediaWay {

  /** Whether its media may be asked for by another transport as well. */
  boolean mayMove();

  /** Whether the camera has set up one media on it at least. */
  boolean hasTracks();

  /** Whether its media come over UDP, or would. */
  boolean isOverUdp();

  /** Whether any media has come on it. */
  boolean hadMedia();
}
