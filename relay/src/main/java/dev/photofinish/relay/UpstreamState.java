package dev.photofinish.relay;

import java.time.Instant;

/**
 * The state of a camera's connection, said once.
 *
 * @param reason human-readable
 */
record UpstreamState(RelayState state, Instant since, String reason) {
  /** The same for another reason. */
  UpstreamState because(String why) {
    return new UpstreamState(state, since, why);
  }
}
