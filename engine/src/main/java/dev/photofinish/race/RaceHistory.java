package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import org.jspecify.annotations.Nullable;

/** A source of what earlier races learnt. */
@FunctionalInterface
public interface RaceHistory {
  /** Nothing is known. */
  RaceHistory UNKNOWN = candidate -> null;

  /** What is known of {@code candidate}, null if nothing is. */
  @Nullable PathStats of(Candidate candidate);
}
