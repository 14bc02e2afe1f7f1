package dev.photofinish.relay;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
 * @param standby the use of its addresses after the first
 * @param subStream the camera of this relay that browsers show which do not play this one
 * @param rights of those who log in
 * @param publisherTimeout after which a publisher that sends nothing is ended; 10 s by default.
 *     After a fifth of it, another may take its place
 */
public record RelayedCameraOptions(
    boolean onDemand,
    Duration grace,
    WhileAway whileAway,
    Duration describeTimeout,
    int groupBytes,
    StandbyOptions standby,
    Optional<String> subStream,
    CameraRights rights,
    Duration publisherTimeout) {
  private static final RelayedCameraOptions DEFAULTS =
      new RelayedCameraOptions(
          false,
          Duration.ofSeconds(10),
          WhileAway.REPEAT,
          Duration.ofSeconds(10),
          8 << 20,
          StandbyOptions.OFF,
          Optional.empty(),
          CameraRights.DEFAULT,
          Duration.ofSeconds(10));

  private static final String NONE = "none";
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final OptionType.Time STANDBY_TIME =
      OptionType.duration(Duration.ofSeconds(1), LONGEST);
  private static final OptionType.Text<UserSet> PEOPLE =
      OptionType.text(UserSet.EXPECTED, UserSet::parse);

  /** Each option by name, for the command line, configuration files and forms. */
  public static final OptionTable<Builder, RelayedCameraOptions> OPTIONS =
      OptionTable.of(
          () -> new Builder(DEFAULTS),
          Builder::build,
          Option.of(
              "on-demand",
              "off",
              "connect to the camera only while someone reads it",
              OptionType.toggle(),
              (b, v) -> b.onDemand = v),
          Option.of(
              "grace",
              "10s",
              "how long a camera on demand stays connected after its last reader",
              OptionType.duration(Duration.ofMillis(1), LONGEST).orZero(),
              (b, v) -> b.grace = v),
          Option.of(
              "while-away",
              "repeat",
              "what readers get while the camera is away: its last key frame again each second, a"
                  + " picture that says since when it is away (card), nothing (keep), or the end of"
                  + " their session (close)",
              OptionType.words(WhileAway.class),
              (b, v) -> b.whileAway = v),
          Option.of(
              "describe-timeout",
              "10s",
              "how long a reader waits for a camera that was never seen",
              OptionType.duration(Duration.ofMillis(1), LONGEST).orZero(),
              (b, v) -> b.describeTimeout = v),
          Option.of(
              "group-bytes",
              "8388608",
              "bytes of video since the last key frame that are kept, so that a reader that comes"
                  + " sees a picture at once; 0 is none",
              OptionType.integer(0, 1 << 30),
              (b, v) -> b.groupBytes = v),
          Option.of(
              "standby",
              "off",
              "use the addresses after the first only while those before them are not there,"
                  + " instead of racing all",
              OptionType.toggle(),
              (b, v) -> b.standby = b.standby.withEnabled(v)),
          Option.of(
              "standby-after",
              "10s",
              "how long there is no picture before the next address is used",
              STANDBY_TIME,
              (b, v) -> b.standby = b.standby.withAfter(v)),
          Option.of(
              "standby-return",
              "30s",
              "how often the first address is tried while another one is used",
              STANDBY_TIME,
              (b, v) -> b.standby = b.standby.withReturn(v)),
          Option.of(
              "sub-stream",
              NONE,
              "the name of the camera of this relay that the page shows in browsers that do not"
                  + " play this one, such as its stream of H.264 beside one of H.265",
              OptionType.text(),
              (b, v) -> b.subStream = v.equals(NONE) ? Optional.empty() : Optional.of(v)),
          Option.of(
              "view",
              "users",
              "who may see it: " + UserSet.EXPECTED,
              PEOPLE,
              (b, v) -> b.rights = b.rights.withView(v)),
          Option.of(
              "talk",
              NONE,
              "who may send sound to it: " + UserSet.EXPECTED,
              PEOPLE,
              (b, v) -> b.rights = b.rights.withTalk(v)),
          Option.of(
              "manage",
              NONE,
              "who may change, record and remove it, and at the top of a file add cameras: "
                  + UserSet.EXPECTED,
              PEOPLE,
              (b, v) -> b.rights = b.rights.withManage(v)),
          Option.of(
              "publishers",
              NONE,
              "who may publish to it, if it is a name to publish to: " + UserSet.EXPECTED,
              PEOPLE,
              (b, v) -> b.rights = b.rights.withPublish(v)),
          Option.of(
              "publisher-timeout",
              "10s",
              "when a publisher that sends nothing is ended; after a fifth of it another may take"
                  + " its place",
              OptionType.duration(Duration.ofMillis(1), LONGEST),
              (b, v) -> b.publisherTimeout = v));

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

  /** The media that a reader gets while the camera is away. */
  public enum WhileAway {
    /** The last key frame again, each second, where the codec allows; else as {@link #KEEP}. */
    REPEAT,
    /**
     * A picture that says since when it is away, each second, for H.264 and H.265; else {@link
     * #REPEAT}.
     */
    CARD,
    /** Nothing but sender reports. */
    KEEP,
    /** The end of its session, so that it notices. */
    CLOSE
  }

  public static RelayedCameraOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These changed by what {@code text} gives for the name of an option, empty for what stays.
   *
   * @throws InvalidOptionException for a value that is not valid
   */
  public RelayedCameraOptions with(Function<String, Optional<String>> text) {
    return OPTIONS.set(new Builder(this), text).build();
  }

  public RelayedCameraOptions withOnDemand(boolean on) {
    return changed(b -> b.onDemand = on);
  }

  public RelayedCameraOptions withGrace(Duration value) {
    return changed(b -> b.grace = value);
  }

  public RelayedCameraOptions withWhileAway(WhileAway value) {
    return changed(b -> b.whileAway = value);
  }

  public RelayedCameraOptions withDescribeTimeout(Duration value) {
    return changed(b -> b.describeTimeout = value);
  }

  public RelayedCameraOptions withGroupBytes(int value) {
    return changed(b -> b.groupBytes = value);
  }

  public RelayedCameraOptions withStandby(StandbyOptions value) {
    return changed(b -> b.standby = value);
  }

  /** Empty for none. */
  public RelayedCameraOptions withSubStream(Optional<String> camera) {
    return changed(b -> b.subStream = camera);
  }

  public RelayedCameraOptions withPublisherTimeout(Duration value) {
    return changed(b -> b.publisherTimeout = value);
  }

  private RelayedCameraOptions changed(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  /** Collects the options. */
  public static final class Builder {
    private boolean onDemand;
    private Duration grace;
    private WhileAway whileAway;
    private Duration describeTimeout;
    private int groupBytes;
    private StandbyOptions standby;
    private Optional<String> subStream;
    private CameraRights rights;
    private Duration publisherTimeout;

    private Builder(RelayedCameraOptions of) {
      onDemand = of.onDemand;
      grace = of.grace;
      whileAway = of.whileAway;
      describeTimeout = of.describeTimeout;
      groupBytes = of.groupBytes;
      standby = of.standby;
      subStream = of.subStream;
      rights = of.rights;
      publisherTimeout = of.publisherTimeout;
    }

    private RelayedCameraOptions build() {
      return new RelayedCameraOptions(
          onDemand,
          grace,
          whileAway,
          describeTimeout,
          groupBytes,
          standby,
          subStream,
          rights,
          publisherTimeout);
    }
  }
}
