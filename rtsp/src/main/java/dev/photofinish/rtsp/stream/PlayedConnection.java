package dev.photofinish.rtsp.stream;

/**
 * The facts of one connection that won its race. A driver extends it by the connection itself, so
 * that there is one object for each. Times are nanoseconds of the driver's clock.
 */
public abstract class PlayedConnection implements MediaWay {
  private final String remote;
  private final MediaArrivals media;
  private final boolean mayMove;
  private long wonAt;

  /**
   * @param remote human-readable: {@code 192.0.2.1:554}
   * @param media when media came on it
   * @param mayMove whether its media may be asked for by more than one transport
   */
  protected PlayedConnection(String remote, MediaArrivals media, boolean mayMove) {
    this.remote = remote;
    this.media = media;
    this.mayMove = mayMove;
  }

  /** The address that it leads to, human-readable. */
  public final String remote() {
    return remote;
  }

  /** Whether the camera has answered anything on it. */
  protected abstract boolean wasAnswered();

  @Override
  public final boolean mayMove() {
    return mayMove;
  }

  /** When it won its race. */
  public final long wonAt() {
    return wonAt;
  }

  @Override
  public final boolean hadMedia() {
    return media.any();
  }

  /** When its last media came, or when it won its race if none has. */
  public final long lastMedia() {
    return hadMedia() ? media.last() : wonAt;
  }

  /** For how long media has come, silence at the end not counted. */
  final long mediaLasted() {
    return media.last() - media.first();
  }

  final void won(long now) {
    wonAt = now;
  }
}
