package dev.photofinish.race;

import org.jspecify.annotations.Nullable;

/** What a race knows from earlier ones. */
@FunctionalInterface
public interface Past {
  /** Nothing is known. */
  Past UNKNOWN = candidate -> null;

  /** What is known of {@code candidate}, null if nothing is. */
  @Nullable Experience of(Candidate candidate);
}
