package dev.photofinish.cli.relay;

import dev.photofinish.cli.record.Retention;
import dev.photofinish.media.RecordingOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files of what the API records.
 *
 * @param folder of all cameras; null where nothing may be recorded
 * @param keep the bounds of each camera
 */
record RecordingsOptions(@Nullable Path folder, Duration segment, Retention keep) {
  static final RecordingsOptions OFF =
      new RecordingsOptions(
          null, Duration.ofMinutes(5), new Retention(Duration.ZERO, 10_000_000_000L));

  RecordingsOptions withFolder(@Nullable Path value) {
    return new RecordingsOptions(value, segment, keep);
  }

  RecordingsOptions withSegment(Duration value) {
    return new RecordingsOptions(folder, value, keep);
  }

  RecordingsOptions withKeep(Retention value) {
    return new RecordingsOptions(folder, segment, value);
  }

  /** Null where nothing may be recorded. */
  @Nullable RecordingOptions files() {
    if (folder == null) {
      return null;
    }
    return RecordingOptions.in(folder)
        .withSegment(segment)
        .withKeepBytes(keep.bytes())
        .withKeepFor(keep.age());
  }
}
