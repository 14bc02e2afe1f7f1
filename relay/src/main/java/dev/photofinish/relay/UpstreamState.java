package dev.photofinish.relay;

import java.time.Instant;

/**
 * The state of a camera, with its reason.
 *
 * @param reason human-readable
 */
record UpstreamState(RelayState state, Instant since, String reason) {}
