package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.web.live.FragmentInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A segment that is not complete: its parts so far, and what is to be its next part. */
final class OpenSegment {
  private final Initialization header;
  private final boolean isDiscontinuity;
  private final long start;
  private final List<Part> parts = new ArrayList<>();
  private ByteArrayOutputStream next = new ByteArrayOutputStream();
  private long nextStart;
  private boolean nextIsIndependent;
  private int nextFrames;
  private int frames;
  private long bytes;

  /**
   * @param start the time of its first frame, nanoseconds of the stream
   */
  OpenSegment(Initialization header, boolean isDiscontinuity, long start) {
    this.header = header;
    this.isDiscontinuity = isDiscontinuity;
    this.start = start;
    this.nextStart = start;
  }

  Initialization header() {
    return header;
  }

  boolean isDiscontinuity() {
    return isDiscontinuity;
  }

  long start() {
    return start;
  }

  /** Those that are complete. */
  List<Part> parts() {
    return List.copyOf(parts);
  }

  int partCount() {
    return parts.size();
  }

  long bytes() {
    return bytes;
  }

  /** Its pictures; where there is no video, its frames. */
  int frames() {
    return frames;
  }

  /** When the next part begins. */
  long nextStart() {
    return nextStart;
  }

  /** Whether the next part has a picture, and may end. */
  boolean hasNext() {
    return nextFrames > 0;
  }

  /**
   * Adds to the next part.
   *
   * @param counts false for sound beside a picture
   */
  void add(ByteBuf content, FragmentInfo info, boolean counts) {
    if (counts) {
      int more = Math.max(1, info.mainFrames());
      nextIsIndependent |= nextFrames == 0 && info.keyFrame();
      nextFrames += more;
      frames += more;
    }
    add(ByteBufUtil.getBytes(content));
  }

  /** Sound that goes before its first picture. */
  void add(byte[] content) {
    next.writeBytes(content);
    bytes += content.length;
  }

  /**
   * Ends the next part.
   *
   * @param mostNanos what it may last, as was promised: a frame that stands for longer, as in a
   *     short outage, is cut there
   */
  void endPart(long number, long end, long mostNanos) {
    long nanos = Math.max(0, Math.min(end - nextStart, mostNanos));
    parts.add(new Part(number, next.toByteArray(), nanos, nextIsIndependent));
    next = new ByteArrayOutputStream();
    nextStart = end;
    nextIsIndependent = false;
    nextFrames = 0;
  }

  /** What came after the last part. */
  byte[] rest() {
    return next.toByteArray();
  }
}
