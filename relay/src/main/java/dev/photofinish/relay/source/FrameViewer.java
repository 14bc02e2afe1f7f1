package dev.photofinish.relay.source;

import dev.photofinish.rtp.format.Frame;

/**
 * Takes the frames of a source: first those since the last key frame, then what comes. All methods
 * are called on the source's event loop and must not block.
 */
public interface FrameViewer {
  /** One frame; valid during the call, retained to keep it. */
  void frame(Frame frame);

  /** The source has ended. */
  void ended(String reason);
}
