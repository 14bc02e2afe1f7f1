package dev.photofinish.retry;

/** The growth of the delay before a retry ({@code retry-strategy}). */
public enum RetryStrategy {
  /** Never retries. */
  NONE,
  /** No delay beyond the 10 ms that any two dials are apart. */
  IMMEDIATE,
  /** {@code initial-retry-delay}, then {@code linear-retry-step} more each time. */
  LINEAR,
  /** {@code initial-retry-delay}, doubled each time. */
  EXPONENTIAL,
  /** As {@link #EXPONENTIAL}, ±25 %, so that many clients of one device do not come in step. */
  EXPONENTIAL_JITTER,
  /**
   * Chosen from the last three outcomes and from what races took, together with the racing
   * strategy.
   */
  AUTO
}
