package dev.photofinish.rtsp.client;

import dev.photofinish.race.RaceOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to watch, and how: immutable, changed by the {@code with} methods.
 *
 * @param urls {@code rtsp://} or {@code rtsps://} addresses of the same camera, in order of
 *     preference; each may carry {@code user:password@}
 * @param user for addresses that carry none; null for none
 * @param tlsInsecure do not verify certificates of {@code rtsps}; said loudly in the log
 */
public record Camera(
    List<String> urls,
    @Nullable String user,
    @Nullable String password,
    RaceOptions race,
    ClientOptions options,
    boolean tlsInsecure) {

  public Camera {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("urls: empty; expected at least one rtsp:// address");
    }
  }

  /** With the defaults of every option. */
  public static Camera at(String... urls) {
    return new Camera(
        List.of(urls), null, null, RaceOptions.defaults(), ClientOptions.defaults(), false);
  }

  public Camera withCredentials(String newUser, String newPassword) {
    return new Camera(urls, newUser, newPassword, race, options, tlsInsecure);
  }

  public Camera withRace(RaceOptions newRace) {
    return new Camera(urls, user, password, newRace, options, tlsInsecure);
  }

  public Camera withOptions(ClientOptions newOptions) {
    return new Camera(urls, user, password, race, newOptions, tlsInsecure);
  }

  public Camera withTlsInsecure(boolean insecure) {
    return new Camera(urls, user, password, race, options, insecure);
  }

  /** Without password. */
  @Override
  public String toString() {
    return "Camera[" + urls.size() + " addresses]";
  }
}
