package dev.photofinish.cli;

import dev.photofinish.connect.Target;
import dev.photofinish.race.RaceOptions;

/** Which kind of race a target wants. */
final class Racers {
  private Racers() {}

  static Racer of(String target, RaceOptions options, Access access) {
    return new ConnectRacer(Target.parse(target), options, access.tlsInsecure());
  }
}
