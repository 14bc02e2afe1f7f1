package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.RtpPacket;
import java.time.Duration;

/**
 * Takes what a {@link Relay} reports. Methods are called on event loops, of one camera in order,
 * and must not block. An exception thrown here is logged and otherwise ignored.
 */
public interface RelayListener {
  /** Takes everything and does nothing. */
  RelayListener NONE = new RelayListener() {};

  /** A camera was added. */
  default void added(RelayedCamera camera) {}

  /** A camera was changed in place. */
  default void changed(RelayedCamera camera) {}

  /** The listener of a stream of a camera; asked for when the stream is opened. */
  default CameraListener streams(RelayedCamera camera) {
    return CameraListener.NONE;
  }

  /**
   * A packet came that is published to a camera; of a camera that is dialled, {@link #streams} are
   * told.
   *
   * @param packet stays the caller's; its content is not there after the call
   */
  default void packet(RelayedCamera camera, RtpPacket packet) {}

  /** A camera was removed; nothing more is reported of it. */
  default void removed(RelayedCamera camera) {}

  /**
   * A camera went from one state to another.
   *
   * @param reason human-readable; what a peer sent is escaped and cut
   */
  default void state(RelayedCamera camera, RelayState from, RelayState to, String reason) {}

  /**
   * A try to connect to a camera failed, and the next one comes after {@code delay}.
   *
   * @param reason human-readable; what a peer sent is escaped and cut
   */
  default void retry(RelayedCamera camera, Duration delay, String reason) {}

  /** A race for a camera was decided, won or not. */
  default void race(RelayedCamera camera, RaceReport report) {}

  /** A reader came. */
  default void joined(RelayedCamera camera, ReaderInfo reader) {}

  /** A reader went. */
  default void left(RelayedCamera camera, ReaderInfo reader, String reason) {}
}
