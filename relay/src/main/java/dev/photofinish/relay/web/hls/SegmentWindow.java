package dev.photofinish.relay.web.hls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The last segments: at most {@value #MOST_SEGMENTS}, and {@value #MOST_BYTES} bytes. */
final class SegmentWindow {
  static final int MOST_SEGMENTS = 8;
  static final int MOST_BYTES = 64 << 20;

  private final Deque<Segment> segments = new ArrayDeque<>();
  private long bytes;
  private long next;
  private long discontinuities;

  /** The number of the segment that comes next; those before it are complete. */
  long next() {
    return next;
  }

  /** How many segments that are not in it any more did not continue the one before. */
  long discontinuities() {
    return discontinuities;
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** How many parts the last segment has that were given out alone. */
  int lastParts() {
    Segment last = segments.peekLast();
    return last == null || !last.isInParts() ? 0 : last.parts().size();
  }

  /** Adds the segment that comes next. */
  void add(Segment segment) {
    next = segment.number() + 1;
    segments.addLast(segment);
    bytes += segment.bytes();
    while (segments.size() > MOST_SEGMENTS || (bytes > MOST_BYTES && segments.size() > 1)) {
      Segment removed = segments.removeFirst();
      bytes -= removed.bytes();
      discontinuities += removed.isDiscontinuity() ? 1 : 0;
    }
  }

  /** The content of a segment, of a part of one, or of the initialization section of one. */
  Optional<Supplier<byte[]>> file(String name) {
    for (Segment segment : segments) {
      if (name.equals(segment.file())) {
        return Optional.of(segment::content);
      }
      Optional<Supplier<byte[]>> found = file(name, segment.header(), segment.parts());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  static Optional<Supplier<byte[]>> file(String name, Initialization header, List<Part> parts) {
    if (name.equals(header.file())) {
      return Optional.of(header::content);
    }
    return parts.stream()
        .filter(part -> name.equals(part.file()))
        .findFirst()
        .map(part -> part::content);
  }
}
