package dev.photofinish.media;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A finished file of a recording.
 *
 * @param name its path in the folder, parted by {@code /}
 * @param begin of its first frame, by the clock of this host
 * @param bytes of the whole file
 * @param headerBytes before its first fragment
 * @param indexBytes behind its last fragment
 * @param frames of all media; 0 where it was left behind by a killed process
 * @param gaps in it, and directly before it
 */
public record RecordedFile(
    String name,
    Instant begin,
    Duration length,
    long bytes,
    long headerBytes,
    long indexBytes,
    long frames,
    List<Gap> gaps) {
  public RecordedFile {
    gaps = List.copyOf(gaps);
  }

  Instant end() {
    return begin.plus(length);
  }
}
