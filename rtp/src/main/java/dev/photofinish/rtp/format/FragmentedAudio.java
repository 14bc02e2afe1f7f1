package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Compressed audio whose packets bring whole frames, one after the other, or a part of one frame:
 * AAC, MPEG audio and AC-3.
 *
 * <p>A frame in parts ends when all its bytes are there, with the marker where the format sets it
 * on the last part, or with the next timestamp; whatever is missing then marks it damaged.
 */
abstract class FragmentedAudio extends Depacketizer {
  private final SampleClock clock;
  private final boolean markerEnds;

  /** Bytes of the frame whose parts are coming; 0 where none is. */
  private int size;

  /** Of the packet that is read. */
  private long timestamp;

  private long arrivedAt;

  FragmentedAudio(
      int track,
      PayloadFormat format,
      int clockRate,
      boolean markerEnds,
      Consumer<? super Frame> output) {
    super(track, format, output);
    this.clock = new SampleClock(clockRate);
    this.markerEnds = markerEnds;
  }

  @Override
  final void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    int skipped = -1;
    if (size > 0) {
      skipped = header.timestamp() == timestamp ? continuation(in, index, length) : -1;
    }
    if (skipped >= 0) {
      more(in, index + skipped, length - skipped);
    } else {
      finish();
      timestamp = header.timestamp();
      arrivedAt = now;
      clock.start(timestamp);
      read(in, index, length);
    }
    if (size > 0 && (frame().size() >= size || (markerEnds && header.marker()))) {
      finish();
    }
  }

  private void more(ByteBuf in, int index, int length) {
    if (lost() > 0 || length > size - frame().size()) {
      frame().damage();
    }
    frame().append(in, index, Math.min(length, size - frame().size()));
  }

  /** Emits what came of a frame in parts, if there is one. */
  private void finish() {
    if (size == 0) {
      return;
    }
    if (frame().size() < size) {
      frame().damage();
    }
    size = 0;
    emit(format(), RandomAccess.IDR);
  }

  /** Reads a payload that begins with a frame, or with what cannot be used. */
  abstract void read(ByteBuf in, int index, int length);

  /**
   * How many bytes come before the next part of the frame that has begun; -1 where the payload is
   * something else.
   */
  abstract int continuation(ByteBuf in, int index, int length);

  /** Bytes that came of the frame whose parts are coming. */
  final int received() {
    return frame().size();
  }

  /**
   * The next frame of this packet; where {@code length} is less than {@code whole}, its first part.
   *
   * @param length bytes that are there, 1 or more
   * @param whole bytes of the frame
   */
  final void next(ByteBuf in, int index, int length, int whole, int frameSamples, int sampleRate) {
    frame().begin(clock.timestamp(sampleRate), arrivedAt);
    frame().append(in, index, length);
    frame().duration(clock.advance(frameSamples, sampleRate));
    if (length < whole) {
      size = whole;
    } else {
      emit(format(), RandomAccess.IDR);
    }
  }

  @Override
  public void reset() {
    super.reset();
    size = 0;
  }
}
