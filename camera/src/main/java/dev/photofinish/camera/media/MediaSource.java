package dev.photofinish.camera.media;

import java.util.List;

/**
 * A live source, cut into units (a frame of video, a packet of audio) that are due at a fixed
 * interval.
 */
public interface MediaSource {

  int payloadType();

  /** RTP timestamp units a second. */
  int clockRate();

  /** The lines of its media description after the {@code m=} line, RFC 4566. */
  List<String> attributes();

  /** {@code video} or {@code audio}. */
  String media();

  /** When unit {@code index} is due, in nanoseconds after the first. */
  long dueNanos(long index);

  /**
   * The RTP payloads of unit {@code index}; the last one closes it.
   *
   * @param continuous false when the receiver has not had the unit before this one
   */
  List<byte[]> unit(long index, boolean continuous);

  /** Whether unit {@code index} is complete without those before it in any case. */
  default boolean key(long index) {
    return true;
  }

  /** Whether the last packet of each unit has the marker bit. */
  boolean marked();

  default long timestamp(long index) {
    return timestampAt(dueNanos(index));
  }

  /** The RTP timestamp of a moment, in nanoseconds after the first unit. */
  default long timestampAt(long nanos) {
    return Math.round(nanos * 1e-9 * clockRate());
  }
}
