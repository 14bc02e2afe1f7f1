package dev.photofinish.relay;

import dev.photofinish.option.InvalidOptionException;
import java.time.Duration;

/**
 * The use of a camera's addresses after the first.
 *
 * @param enabled whether they are used in order, each while those before it are not there; else all
 *     are raced, which is the default
 * @param after how long there is no picture before the next one is used; 10 s by default
 * @param back how often the first is tried while another one is used; 30 s by default
 */
public record StandbyOptions(boolean enabled, Duration after, Duration back) {
  static final StandbyOptions OFF =
      new StandbyOptions(false, Duration.ofSeconds(10), Duration.ofSeconds(30));

  /** Refuses less than a second. */
  public StandbyOptions {
    check("standby-after", after);
    check("standby-return", back);
  }

  StandbyOptions withEnabled(boolean on) {
    return new StandbyOptions(on, after, back);
  }

  StandbyOptions withAfter(Duration time) {
    return new StandbyOptions(enabled, time, back);
  }

  StandbyOptions withReturn(Duration every) {
    return new StandbyOptions(enabled, after, every);
  }

  private static void check(String option, Duration value) {
    if (value.toSeconds() < 1) {
      throw new InvalidOptionException(option, value.toString(), "1 s or more");
    }
  }
}
