package dev.photofinish.cli.config;

import dev.photofinish.connect.route.Route;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.ReplayOptions;
import dev.photofinish.rtsp.client.RtspClient;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Cameras from addresses as people write them and settings. */
public final class Cameras {
  /** The options that hold for all cameras together. */
  public static final List<OptionSection> FOR_ALL =
      List.of(
          new OptionSection("History", HistoryOptions.OPTIONS),
          new OptionSection("Dial limiter", DialLimiterOptions.OPTIONS));

  /** The options by which a camera is reached and kept up. */
  public static final List<OptionSection> OF_ONE =
      List.of(
          new OptionSection("Credentials and TLS", AuthOptions.OPTIONS),
          new OptionSection("Route", Route.OPTIONS),
          new OptionSection("Racing", RaceOptions.OPTIONS),
          new OptionSection("Retrying", RetryOptions.OPTIONS),
          new OptionSection("Staying connected", ClientOptions.OPTIONS),
          new OptionSection("Recordings", ReplayOptions.OPTIONS));

  /** All of them. */
  public static final List<OptionSection> SECTIONS =
      Stream.concat(OF_ONE.stream(), FOR_ALL.stream()).toList();

  /** With an {@code h} through an HTTP tunnel. */
  private static final List<String> SCHEMES =
      List.of("rtsp://", "rtsps://", "rtsph://", "rtspsh://");

  private Cameras() {}

  public static boolean isRtsp(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return SCHEMES.stream().anyMatch(lower::startsWith);
  }

  /**
   * A camera with everything that {@code settings} say.
   *
   * @param urls its addresses in order of preference, as {@link Camera#of} takes them
   */
  public static Camera of(String urls, Settings settings) {
    AuthOptions access = settings.build(AuthOptions.OPTIONS);
    Camera camera =
        settings.build(option -> Camera.of(urls, option)).withTlsInsecure(access.tlsInsecure());
    String password = access.password() == null ? "" : access.password();
    return access.user() == null ? camera : camera.withCredentials(access.user(), password);
  }

  public static Route route(Settings settings) {
    return settings.build(Route.OPTIONS);
  }

  public static RaceOptions race(Settings settings) {
    return settings.build(RaceOptions.OPTIONS);
  }

  /** The client of all cameras of a command. */
  public static RtspClient client(Settings settings, SharedHistory history) {
    return clientBuilder(settings, history).build();
  }

  /** What that client is made with. */
  public static RtspClient.Builder clientBuilder(Settings settings, SharedHistory history) {
    return RtspClient.builder().limiter(limiter(settings)).history(history);
  }

  /** What the races of this process may dial together. */
  public static SharedDialLimiter limiter(Settings settings) {
    return new SharedDialLimiter(settings.build(DialLimiterOptions.OPTIONS));
  }
}
