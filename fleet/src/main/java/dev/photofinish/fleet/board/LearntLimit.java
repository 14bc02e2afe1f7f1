package dev.photofinish.fleet.board;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The number of clients that a camera takes, as its holder has learnt it, for the node that holds
 * it next. Of two the one that was seen later holds.
 *
 * @param clients null when it showed that it has a limit, but not which
 * @param policy of {@link LimitPolicy}, by its name; a later release may have more of them
 * @param status what it answered to a client too many; 0 with another policy
 * @param seenAt when, milliseconds of the epoch
 */
public record LearntLimit(@Nullable Integer clients, String policy, int status, long seenAt) {
  private static final String EVIDENCE = "by the node that held it before";

  /** What an older node does not send has a default. */
  public LearntLimit {
    policy = Objects.requireNonNullElse(policy, "");
  }

  /**
   * What a client has learnt.
   *
   * @param age since it was seen
   * @param now milliseconds of the epoch
   */
  public static LearntLimit of(ClientLimit limit, Duration age, long now) {
    return new LearntLimit(
        limit.limit(), limit.policy().name(), limit.status(), now - age.toMillis());
  }

  /** Whether an old session has to be over before a new one can begin. */
  @JsonIgnore
  public boolean isOneClient() {
    return clients == null || clients == 1;
  }

  /** As a client takes it in; empty for what this release does not know. */
  public Optional<ClientLimit> limit() {
    try {
      LimitPolicy known = LimitPolicy.valueOf(policy);
      return clients != null && clients < 1
          ? Optional.empty()
          : Optional.of(new ClientLimit(clients, known, status, EVIDENCE, 0));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The time since it was seen; of a clock that is ahead of this one's, none.
   *
   * @param now milliseconds of the epoch
   */
  public Duration age(long now) {
    return Duration.ofMillis(Math.max(0, now - seenAt));
  }
}
