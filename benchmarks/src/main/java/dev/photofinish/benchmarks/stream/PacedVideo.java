package dev.photofinish.benchmarks.stream;

/** A video that goes on for ever, as interleaved RTP packets on channel 0. */
public interface PacedVideo {
  int FRAMES_A_SECOND = 25;

  /** The session description, in SDP. */
  String description();

  /** The next frame, which is sent now; its bytes are its own until the next call. */
  Packets next();

  /** The packets of a frame, each behind the other. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Packets(byte[] bytes, boolean isKey) {}
}
