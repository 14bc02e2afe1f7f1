package dev.photofinish.rtsp.stream;

import dev.photofinish.rtsp.message.RtspUrl;
import org.jspecify.annotations.Nullable;

/** The redirects that led to the destination of the next race. */
public final class Redirects {
  private final int most;
  private @Nullable RtspUrl destination;
  private int inARow;

  /**
   * @param most {@code max-redirects}
   */
  public Redirects(int most) {
    this.most = most;
  }

  /** Null for the camera's own addresses. */
  public @Nullable RtspUrl destination() {
    return destination;
  }

  /** Follows one more redirect; false when there were too many. */
  public boolean follow(RtspUrl location) {
    if (inARow >= most) {
      return false;
    }
    inARow++;
    destination = location;
    return true;
  }

  /** The next race goes to the camera's own addresses. */
  public void home() {
    destination = null;
  }

  /** A stream was stable: the next redirect is the first again. */
  public void startAgain() {
    inARow = 0;
  }
}
