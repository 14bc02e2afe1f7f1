package dev.photofinish.relay.fanout;

import dev.photofinish.rtp.NtpTime;
import dev.photofinish.rtp.format.Frame;

/** The wall times that frames are due at, on one line for all tracks and connections. */
final class WallTimes {
  /** Wall clock, in nanoseconds since 1970, less the time of frames. */
  private long epoch;

  private boolean begun;

  /** The first frame of all says where the line begins. */
  void first(Frame frame, long wallNanos) {
    if (!begun) {
      begun = true;
      epoch = wallNanos - frame.time();
    }
  }

  /** When a frame is due, 64 bits: seconds since 1900 and a fraction. */
  long of(Frame frame) {
    return NtpTime.of(epoch + frame.time());
  }

  /** All that comes is later by so many nanoseconds, so as to be behind what was sent. */
  void move(long nanos) {
    epoch += nanos;
  }
}
