package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.address.Candidate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time of a camera's first dial, from which the {@code duration} option counts. */
final class FirstDial implements RaceListener {
  private final Elapsed elapsed;
  private volatile @Nullable Duration at;

  FirstDial(Elapsed elapsed) {
    this.elapsed = elapsed;
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    if (at == null) {
      at = elapsed.time();
    }
  }

  /** {@code opened} as long as nothing was dialled, perhaps because a name has no address. */
  Duration orElse(Duration opened) {
    Duration dialled = at;
    return dialled == null ? opened : dialled;
  }
}
