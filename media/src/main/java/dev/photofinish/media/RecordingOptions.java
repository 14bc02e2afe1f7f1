package dev.photofinish.media;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * The place of a recording, its files and how long they are kept.
 *
 * @param folder of the recording alone: in it are its files, {@code index.json}, {@code index.m3u8}
 * @param pattern of names by wall-clock time, without an extension. Default {@code
 *     %Y/%m/%d/%H-%M-%S}; see docs/recording.md
 * @param container MP4 or MPEG-TS. Default MP4
 * @param segment after which a new file begins, at the next key frame; 1 s or more. Default 10
 *     minutes
 * @param keepFor after which a file is removed; zero for never. Default zero
 * @param keepBytes of all files together, the oldest are removed beyond; 0 for no limit. Default 0
 * @param queueBytes that may wait for the disk. Default 32 MiB
 * @param medias how many the stream has; 0 where it is not known: the first file waits 1 s for
 *     them. Default 0
 * @param damagedFrames whether damaged frames are kept; otherwise they and all up to the next key
 *     frame are left out. Default true
 * @param synced whether each part is forced to the disk, for a loss of power; otherwise each file
 *     at its end. Default false
 * @param indexed whether {@code index.json} and {@code index.m3u8} are kept beside the files, and
 *     the folder is the recording's alone. Default true
 * @param zone of the times in names. Default the system's
 * @param clock for names and dates. Default the system's
 */
public record RecordingOptions(
    Path folder,
    String pattern,
    RecordingContainer container,
    Duration segment,
    Duration keepFor,
    long keepBytes,
    long queueBytes,
    int medias,
    boolean damagedFrames,
    boolean synced,
    boolean indexed,
    ZoneId zone,
    Clock clock) {
  private static final Duration LEAST_SEGMENT = Duration.ofSeconds(1);
  private static final Duration NEVER = Duration.ofDays(36_500);

  public RecordingOptions {
    new FileNamePattern(pattern);
    if (segment.compareTo(LEAST_SEGMENT) < 0) {
      throw new IllegalArgumentException("segment must be 1 s or more, not " + segment);
    }
    if (keepFor.isNegative() || keepBytes < 0 || queueBytes <= 0 || medias < 0) {
      throw new IllegalArgumentException(
          "keepFor, keepBytes and medias must be 0 or more, and queueBytes above 0");
    }
  }

  /** The defaults, in a folder. */
  public static RecordingOptions in(Path folder) {
    return new RecordingOptions(
        folder,
        "%Y/%m/%d/%H-%M-%S",
        RecordingContainer.MP4,
        Duration.ofMinutes(10),
        Duration.ZERO,
        0,
        32 << 20,
        0,
        true,
        false,
        true,
        ZoneId.systemDefault(),
        Clock.systemUTC());
  }

  /**
   * The defaults for one new file. A change of the format that it cannot hold begins another, with
   * a number behind its name.
   *
   * @throws IllegalArgumentException for a name that does not end in {@code .mp4} or {@code .ts},
   *     or has other characters than names of a pattern
   */
  public static RecordingOptions to(Path file) {
    String name = String.valueOf(file.getFileName());
    RecordingContainer container =
        RecordingContainer.of(file)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the name " + FileNamePattern.shown(name) + " must end in .mp4 or .ts"));
    String base = name.substring(0, name.length() - container.extension().length() - 1);
    Path folder = file.toAbsolutePath().getParent();
    return in(folder == null ? file.getRoot() : folder)
        .withPattern(base.replace("%", "%%"))
        .withContainer(container)
        .withSegment(NEVER)
        .withIndexed(false);
  }

  public RecordingOptions withPattern(String names) {
    return new RecordingOptions(
        folder,
        names,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withContainer(RecordingContainer wanted) {
    return new RecordingOptions(
        folder,
        pattern,
        wanted,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withSegment(Duration length) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        length,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withKeepFor(Duration age) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        age,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withKeepBytes(long bytes) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        bytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withQueueBytes(long bytes) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        bytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withMedias(int expected) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        expected,
        damagedFrames,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withDamagedFrames(boolean kept) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        kept,
        synced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withSynced(boolean forced) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        forced,
        indexed,
        zone,
        clock);
  }

  public RecordingOptions withIndexed(boolean kept) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        kept,
        zone,
        clock);
  }

  public RecordingOptions withClock(Clock time, ZoneId names) {
    return new RecordingOptions(
        folder,
        pattern,
        container,
        segment,
        keepFor,
        keepBytes,
        queueBytes,
        medias,
        damagedFrames,
        synced,
        indexed,
        names,
        time);
  }
}
