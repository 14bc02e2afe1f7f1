package dev.photofinish.fleet.board;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A camera that a node holds.
 *
 * @param shard that it belongs to
 * @param since when, milliseconds of the epoch
 * @param state of {@code RelayState}
 * @param bitsPerSecond that the camera sends
 * @param readers at this node, those of other nodes as one each
 * @param isOneClient whether it is known to take one client
 * @param limit what the node has learnt of that; null for nothing
 */
public record Holding(
    String name,
    String shard,
    long since,
    String state,
    long bitsPerSecond,
    int readers,
    boolean isOneClient,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LearntLimit limit) {
  /** What an older node does not send has a default. */
  public Holding {
    state = Objects.requireNonNullElse(state, "");
  }

  /** What a camera counts that sends nothing yet, in bits a second. */
  public static final long LEAST_BITS = 500_000;

  /** What it counts in the load of its node, in bits a second. */
  public long load() {
    return Math.max(LEAST_BITS, bitsPerSecond);
  }
}
