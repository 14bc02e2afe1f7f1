package dev.photofinish.rtsp.client;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a recording to play, and its pace: immutable, changed by the {@code with} methods.
 * With a range a stream is a recording: a new connection goes on where the last one stopped, and
 * its end is the end of the stream.
 *
 * @param range what to play (RFC 2326 section 12.29, {@code range}); null for what is live, and in
 *     {@link CameraStream#play} for the rest from the place that is reached
 * @param scale the recording's seconds a second, backwards below 0 (RFC 2326 section 12.34, {@code
 *     scale}): -1000 to 1000, not 0; 1 is not sent
 * @param speed data for so many seconds a second, the media's own pace unchanged (RFC 2326 section
 *     12.35, {@code speed}): above 0, to 1000; 1 is not sent
 * @param onvifReplay whether ONVIF's extensions are required of the camera ({@code onvif-replay}):
 *     times in {@link RtpPacket#replay}, other places at once; one that has none plays without
 * @param rateControl whether the camera keeps the pace; without, it sends as fast as packets are
 *     taken (ONVIF Streaming Specification section 6.4, {@code rate-control})
 * @param frames which pictures come (ONVIF, {@code frames})
 */
public record ReplayOptions(
    @Nullable RangeHeader range,
    double scale,
    double speed,
    boolean onvifReplay,
    boolean rateControl,
    ReplayFrames frames) {

  private static final ReplayOptions LIVE = new Builder().build();

  /** Every option by name: what the command line and configuration files accept. */
  public static final OptionTable<Builder, ReplayOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "range",
              "live",
              "what to play of a recording, as in RTSP: npt=10-20.5 (seconds from its beginning),"
                  + " clock=20261129T080000Z- or smpte=0:10:00-; "
                  + Builder.RANGE.expected(),
              Builder.RANGE,
              (b, v) -> b.range = v),
          Option.of(
              "scale",
              "1",
              "a recording's seconds a second, backwards below 0; " + Builder.SCALE.expected(),
              Builder.SCALE,
              (b, v) -> b.scale = v),
          Option.of(
              "speed",
              "1",
              "how fast data of a recording comes, its own pace unchanged; "
                  + Builder.SPEED.expected(),
              Builder.SPEED,
              (b, v) -> b.speed = v),
          Option.of(
              FeatureTags.REPLAY,
              "off",
              "whether ONVIF's replay extensions are asked for, which tell the time of each packet"
                  + " of a recording; a camera without them plays without; on or off",
              OptionType.toggle(),
              (b, v) -> b.onvifReplay = v),
          Option.of(
              "rate-control",
              "on",
              "whether the camera keeps the pace of a recording, or sends as fast as it is read"
                  + " (ONVIF); on or off",
              OptionType.toggle(),
              (b, v) -> b.rateControl = v),
          Option.of(
              "frames",
              "all",
              "which pictures of a recording come (ONVIF): " + Builder.FRAMES.expected(),
              Builder.FRAMES,
              (b, v) -> b.frames = v));

  /** Checks every range; what is out of it is an {@code InvalidOptionException}. */
  public ReplayOptions {
    Builder.SCALE.check("scale", scale);
    if (scale == 0) {
      throw new InvalidOptionException("scale", "0", Builder.SCALE.expected());
    }
    Builder.SPEED.check("speed", speed);
  }

  /** What is live: the default of every option. */
  public static ReplayOptions live() {
    return LIVE;
  }

  /** A range of a recording at its own pace. */
  public static ReplayOptions of(RangeHeader range) {
    return LIVE.withRange(range);
  }

  /** These changed by what {@code text} gives for the name of an option. */
  ReplayOptions with(Function<String, Optional<String>> text) {
    Builder builder = new Builder();
    builder.range = range;
    builder.scale = scale;
    builder.speed = speed;
    builder.onvifReplay = onvifReplay;
    builder.rateControl = rateControl;
    builder.frames = frames;
    return OPTIONS.set(builder, text).build();
  }

  public ReplayOptions withRange(@Nullable RangeHeader newRange) {
    return new ReplayOptions(newRange, scale, speed, onvifReplay, rateControl, frames);
  }

  public ReplayOptions withScale(double newScale) {
    return new ReplayOptions(range, newScale, speed, onvifReplay, rateControl, frames);
  }

  public ReplayOptions withSpeed(double newSpeed) {
    return new ReplayOptions(range, scale, newSpeed, onvifReplay, rateControl, frames);
  }

  public ReplayOptions withOnvifReplay(boolean required) {
    return new ReplayOptions(range, scale, speed, required, rateControl, frames);
  }

  public ReplayOptions withRateControl(boolean kept) {
    return new ReplayOptions(range, scale, speed, onvifReplay, kept, frames);
  }

  public ReplayOptions withFrames(ReplayFrames newFrames) {
    return new ReplayOptions(range, scale, speed, onvifReplay, rateControl, newFrames);
  }

  // ---- PLAY

  /** What a stream asks for to begin with. */
  PlayRequest request() {
    boolean recording = range != null;
    return new PlayRequest(
        recording ? range : RangeHeader.fromStart(), headers(), features(), recording);
  }

  /** What a stream that has a session asks for: at once, where ONVIF has a header for it. */
  PlayRequest another(RangeHeader from) {
    Headers headers = onvifReplay ? headers().plus(HeaderNames.IMMEDIATE, "yes") : headers();
    return new PlayRequest(from, headers, features(), true);
  }

  private List<String> features() {
    return onvifReplay ? List.of(FeatureTags.REPLAY) : List.of();
  }

  private Headers headers() {
    Headers headers = Headers.empty();
    if (scale != 1) {
      headers = headers.plus(HeaderNames.SCALE, decimal(scale));
    }
    if (speed != 1) {
      headers = headers.plus(HeaderNames.SPEED, decimal(speed));
    }
    if (!rateControl) {
      headers = headers.plus(HeaderNames.RATE_CONTROL, "no");
    }
    return frames.isAll() ? headers : headers.plus(HeaderNames.FRAMES, frames.toString());
  }

  /** RFC 2326 sections 12.34 and 12.35: no exponents. */
  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Collects the values of {@link #OPTIONS}. */
  public static final class Builder {
    static final OptionType.OrWord<RangeHeader> RANGE =
        OptionType.orWord(OptionType.text("a Range", ReplayOptions.Builder::parseRange), "live")
            .expecting("a Range header of RTSP, or live");
    static final OptionType.Decimal SCALE =
        new OptionType.Decimal(-1000, 1000, "a number from -1000 to 1000, not 0");
    static final OptionType.Decimal SPEED = OptionType.decimal(0.001, 1000);
    static final OptionType.Text<ReplayFrames> FRAMES =
        OptionType.text(ReplayFrames.EXPECTED, ReplayFrames::parse);

    private @Nullable RangeHeader range;
    private double scale = 1;
    private double speed = 1;
    private boolean onvifReplay;
    private boolean rateControl = true;
    private ReplayFrames frames = ReplayFrames.ALL;

    private Builder() {}

    private static RangeHeader parseRange(String option, String text) {
      try {
        return RangeHeader.parse(text);
      } catch (RtspFormatException e) {
        throw new InvalidOptionException(option, text, RANGE.expected());
      }
    }

    ReplayOptions build() {
      return new ReplayOptions(range, scale, speed, onvifReplay, rateControl, frames);
    }
  }
}
