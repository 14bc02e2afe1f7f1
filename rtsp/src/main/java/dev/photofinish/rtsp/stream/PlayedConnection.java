package dev.photofinish.rtsp.stream;

/**
 * The facts of one connection that won its race. A driver extends it by the connection itself, so
 * that there is one object for each. Times are nanoseconds of the driver's clock.
 */
public class PlayedConnection {
  private final String remote;
  private long wonAt;
  private boolean hadMedia;
  private long firstMedia;
  private long lastMedia;

  /**
   * @param remote human-readable: {@code 192.0.2.1:554}
   */
  protected PlayedConnection(String remote) {
    this.remote = remote;
  }

  /** The address that it leads to, human-readable. */
  public final String remote() {
    return remote;
  }

  /** When it won its race. */
  public final long wonAt() {
    return wonAt;
  }

  /** Whether any media has come on it. */
  public final boolean hadMedia() {
    return hadMedia;
  }

  /** When its last media came, or when it won its race if none has. */
  public final long lastMedia() {
    return hadMedia ? lastMedia : wonAt;
  }

  /** For how long media has come, silence at the end not counted. */
  final long mediaLasted() {
    return hadMedia ? lastMedia - firstMedia : 0;
  }

  final void won(long now) {
    wonAt = now;
  }

  final void media(long now) {
    if (!hadMedia) {
      hadMedia = true;
      firstMedia = now;
    }
    lastMedia = now;
  }
}
