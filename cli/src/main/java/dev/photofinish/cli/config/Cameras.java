package dev.photofinish.cli.config;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.connect.route.Route;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.ReplayOptions;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.List;
import java.util.Locale;

/** Cameras from addresses as people write them and settings. */
public final class Cameras {
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
   * @param urls its addresses in order of preference: separated by blanks, or by a comma before the
   *     next scheme
   * @param place put before the message about an address that is none
   */
  public static Camera of(String urls, String place, Settings settings) {
    List<String> split = List.of(urls.strip().split("[\\s,]+(?=rtsps?h?://)"));
    split.forEach(url -> check(url, place));
    AuthOptions access = settings.build(AuthOptions.OPTIONS);
    Camera camera =
        Camera.at(split.toArray(String[]::new))
            .withRace(race(settings))
            .withRetry(settings.build(RetryOptions.OPTIONS))
            .withOptions(settings.build(ClientOptions.OPTIONS))
            .withReplay(settings.build(ReplayOptions.OPTIONS))
            .withTlsInsecure(access.tlsInsecure())
            .withRoute(route(settings));
    String password = access.password() == null ? "" : access.password();
    return access.user() == null ? camera : camera.withCredentials(access.user(), password);
  }

  public static Route route(Settings settings) {
    return settings.build(Route.OPTIONS);
  }

  public static RaceOptions race(Settings settings) {
    return settings.build(RaceOptions.OPTIONS);
  }

  /** What the races of this process may dial together. */
  public static SharedDialLimiter limiter(Settings settings) {
    return new SharedDialLimiter(settings.build(DialLimiterOptions.OPTIONS));
  }

  private static void check(String url, String place) {
    try {
      RtspUrl.parse(url);
    } catch (RtspFormatException e) {
      throw new UsageException(place + e.getMessage(), e);
    }
  }
}
