package dev.photofinish.media;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;

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
    return with(draft -> draft.pattern = names);
  }

  public RecordingOptions withContainer(RecordingContainer wanted) {
    return with(draft -> draft.container = wanted);
  }

  public RecordingOptions withSegment(Duration length) {
    return with(draft -> draft.segment = length);
  }

  public RecordingOptions withKeepFor(Duration age) {
    return with(draft -> draft.keepFor = age);
  }

  public RecordingOptions withKeepBytes(long bytes) {
    return with(draft -> draft.keepBytes = bytes);
  }

  public RecordingOptions withQueueBytes(long bytes) {
    return with(draft -> draft.queueBytes = bytes);
  }

  public RecordingOptions withMedias(int expected) {
    return with(draft -> draft.medias = expected);
  }

  public RecordingOptions withDamagedFrames(boolean kept) {
    return with(draft -> draft.damagedFrames = kept);
  }

  public RecordingOptions withSynced(boolean forced) {
    return with(draft -> draft.synced = forced);
  }

  public RecordingOptions withIndexed(boolean kept) {
    return with(draft -> draft.indexed = kept);
  }

  public RecordingOptions withClock(Clock time, ZoneId names) {
    return with(
        draft -> {
          draft.zone = names;
          draft.clock = time;
        });
  }

  private RecordingOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** The same values, some of them changed. */
  private static final class Draft {
    private final Path folder;
    private String pattern;
    private RecordingContainer container;
    private Duration segment;
    private Duration keepFor;
    private long keepBytes;
    private long queueBytes;
    private int medias;
    private boolean damagedFrames;
    private boolean synced;
    private boolean indexed;
    private ZoneId zone;
    private Clock clock;

    Draft(RecordingOptions of) {
      folder = of.folder;
      pattern = of.pattern;
      container = of.container;
      segment = of.segment;
      keepFor = of.keepFor;
      keepBytes = of.keepBytes;
      queueBytes = of.queueBytes;
      medias = of.medias;
      damagedFrames = of.damagedFrames;
      synced = of.synced;
      indexed = of.indexed;
      zone = of.zone;
      clock = of.clock;
    }

    RecordingOptions build() {
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
          zone,
          clock);
    }
  }
}
