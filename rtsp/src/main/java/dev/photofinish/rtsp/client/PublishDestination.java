package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.Redirects;
import org.jspecify.annotations.Nullable;

/** The place of a publisher's next connection: its server, or once where that redirected. */
final class PublishDestination {
  private final Destination destination;
  private final Redirects redirects;

  PublishDestination(Camera to) {
    this.destination = new Destination(to);
    this.redirects = new Redirects(to.options().maxRedirects());
  }

  Destination destination() {
    return destination;
  }

  RtspUrl url(int endpoint) {
    return destination.urls().get(endpoint);
  }

  @Nullable Credentials credentials(RtspUrl url) {
    return destination.credentials(url);
  }

  /** Whether it is another place than the server's own. */
  boolean isAway() {
    return redirects.destination() != null;
  }

  /** The stream was stable: the next redirect is the first again. */
  void wasStable() {
    redirects.startAgain();
  }

  /** A connection ended: the next goes where it was redirected, or home. */
  void follow(@Nullable RtspUrl location) {
    if (location != null && destination.canGoTo(location) && redirects.follow(location)) {
      destination.goTo(location);
    } else {
      goHome();
    }
  }

  void goHome() {
    redirects.home();
    destination.goTo(null);
  }
}
