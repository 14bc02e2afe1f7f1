package dev.photofinish.relay;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;

/**
 * The way in which a camera is relayed: immutable, changed by the {@code with} methods.
 *
 * @param onDemand whether it is connected only while someone reads it; false by default
 * @param grace how long it stays connected after the last reader of an on-demand camera; 10 s by
 *     default
 * @param whileAway what readers get while the camera is away; {@link WhileAway#REPEAT} by default
 * @param describeTimeout how long a first reader waits for a camera that was never seen; 10 s by
 *     default
 * @param groupBytes of packets since the last key frame that are kept for new readers; 8 MiB by
 *     default, 0 for none. A longer group of pictures is not kept: new readers then wait for the
 *     next key frame
 * @param publisherTimeout after which a publisher that sends nothing is ended; 10 s by default.
 *     After a fifth of it, another may take its place
 */
public record RelayedCameraOptions(
    boolean onDemand,
    Duration grace,
    WhileAway whileAway,
    Duration describeTimeout,
    int groupBytes,
    Duration publisherTimeout) {
  private static final RelayedCameraOptions DEFAULTS =
      new RelayedCameraOptions(
          false,
          Duration.ofSeconds(10),
          WhileAway.REPEAT,
          Duration.ofSeconds(10),
          8 << 20,
          Duration.ofSeconds(10));

  private static final Duration LONGEST = Duration.ofHours(24);

  /** Each option by name, for the command line, configuration files and forms. */
  public static final OptionTable<Builder, RelayedCameraOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          builder -> builder.options,
          Option.of(
              "on-demand",
              "off",
              "connect to the camera only while someone reads it",
              OptionType.toggle(),
              (b, v) -> b.options = b.options.withOnDemand(v)),
          Option.of(
              "grace",
              "10s",
              "how long a camera on demand stays connected after its last reader",
              OptionType.duration(Duration.ofMillis(1), LONGEST).orZero(),
              (b, v) -> b.options = b.options.withGrace(v)),
          Option.of(
              "while-away",
              "repeat",
              "what readers get while the camera is away: its last key frame again each second,"
                  + " nothing (keep), or the end of their session (close)",
              OptionType.words(WhileAway.class),
              (b, v) -> b.options = b.options.withWhileAway(v)),
          Option.of(
              "describe-timeout",
              "10s",
              "how long a reader waits for a camera that was never seen",
              OptionType.duration(Duration.ofMillis(1), LONGEST).orZero(),
              (b, v) -> b.options = b.options.withDescribeTimeout(v)),
          Option.of(
              "group-bytes",
              "8388608",
              "bytes of video since the last key frame that are kept, so that a reader that comes"
                  + " sees a picture at once; 0 is none",
              OptionType.integer(0, 1 << 30),
              (b, v) -> b.options = b.options.withGroupBytes(v)),
          Option.of(
              "publisher-timeout",
              "10s",
              "when a publisher that sends nothing is ended; after a fifth of it another may take"
                  + " its place",
              OptionType.duration(Duration.ofMillis(1), LONGEST),
              (b, v) -> b.options = b.options.withPublisherTimeout(v)));

  /** Refuses what is below 0. */
  public RelayedCameraOptions {
    atLeastZero("grace", grace);
    atLeastZero("describe-timeout", describeTimeout);
    atLeastZero("publisher-timeout", publisherTimeout);
    if (groupBytes < 0) {
      throw new InvalidOptionException("group-bytes", String.valueOf(groupBytes), "0 or more");
    }
  }

  private static void atLeastZero(String name, Duration value) {
    if (value.isNegative()) {
      throw new InvalidOptionException(name, value.toString(), "0 or more");
    }
  }

  /** What a reader gets while the camera is away. */
  public enum WhileAway {
    /** The last key frame again, each second, where the codec allows; else as {@link #KEEP}. */
    REPEAT,
    /** Nothing but sender reports. */
    KEEP,
    /** The end of its session, so that it notices. */
    CLOSE
  }

  public static RelayedCameraOptions defaults() {
    return DEFAULTS;
  }

  public RelayedCameraOptions withOnDemand(boolean on) {
    return new RelayedCameraOptions(
        on, grace, whileAway, describeTimeout, groupBytes, publisherTimeout);
  }

  public RelayedCameraOptions withGrace(Duration value) {
    return new RelayedCameraOptions(
        onDemand, value, whileAway, describeTimeout, groupBytes, publisherTimeout);
  }

  public RelayedCameraOptions withWhileAway(WhileAway value) {
    return new RelayedCameraOptions(
        onDemand, grace, value, describeTimeout, groupBytes, publisherTimeout);
  }

  public RelayedCameraOptions withDescribeTimeout(Duration value) {
    return new RelayedCameraOptions(
        onDemand, grace, whileAway, value, groupBytes, publisherTimeout);
  }

  public RelayedCameraOptions withGroupBytes(int value) {
    return new RelayedCameraOptions(
        onDemand, grace, whileAway, describeTimeout, value, publisherTimeout);
  }

  public RelayedCameraOptions withPublisherTimeout(Duration value) {
    return new RelayedCameraOptions(onDemand, grace, whileAway, describeTimeout, groupBytes, value);
  }

  /** Collects the options. */
  public static final class Builder {
    private RelayedCameraOptions options = DEFAULTS;

    private Builder() {}
  }
}
