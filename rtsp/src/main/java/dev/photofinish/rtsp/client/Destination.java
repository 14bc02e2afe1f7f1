package dev.photofinish.rtsp.client;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.tunnel.TunnelKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The destination of the next race: the camera's own addresses, or once to where it redirected.
 *
 * <p>Credentials are for the camera alone: another host, another port or a step from TLS to none
 * gets only those that the redirect itself named.
 */
final class Destination {
  private final Camera camera;
  private @Nullable RtspUrl detour;

  /**
   * The destination of the streams of {@code camera}.
   *
   * @throws InvalidOptionException for an address that cannot be dialled
   */
  Destination(Camera camera) {
    this.camera = camera;
    target();
  }

  List<RtspUrl> urls() {
    return detour == null ? camera.urls() : List.of(detour);
  }

  Target target() {
    return target(urls());
  }

  private static Target target(List<RtspUrl> urls) {
    return new Target(
        urls.stream().map(u -> new Endpoint(u.host(), u.port(), u.secure())).toList());
  }

  @Nullable Credentials credentials(RtspUrl url) {
    if (detour == null || url.credentials().isPresent()) {
      return camera.credentialsFor(url);
    }
    for (RtspUrl home : camera.urls()) {
      boolean same =
          home.host().equalsIgnoreCase(url.host())
              && home.port() == url.port()
              && home.secure() == url.secure();
      if (same) {
        return camera.credentialsFor(home);
      }
    }
    return null;
  }

  /**
   * The tunnel that leads to an address; null for none. The option holds for every address;
   * without, the address's scheme says.
   */
  @Nullable TunnelKind tunnel(RtspUrl url) {
    return switch (camera.options().transport()) {
      case HTTP -> TunnelKind.HTTP;
      case WEBSOCKET -> TunnelKind.WEBSOCKET;
      case AUTO, TCP, UDP, MULTICAST -> url.overHttp() ? TunnelKind.HTTP : null;
    };
  }

  /** Goes where a redirect pointed, or home. */
  void goTo(@Nullable RtspUrl redirect) {
    detour = redirect;
  }

  /** Whether a redirect's address can be dialled. */
  boolean canGoTo(RtspUrl redirect) {
    try {
      target(List.of(redirect));
      return true;
    } catch (InvalidOptionException e) {
      return false;
    }
  }
}
