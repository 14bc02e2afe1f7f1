package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.limit.ClientLimits;
import dev.photofinish.rtsp.limit.LimitObserver;
import dev.photofinish.rtsp.stream.Admission;
import io.netty.util.concurrent.Ticker;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Races to one camera for their own sake: each ends at the finish line, nothing is played after it.
 * Good for measuring, and for finding out how a camera takes to being raced.
 */
public final class CameraRaces implements AutoCloseable {
  private final Camera camera;
  private final Connector connector;
  private final AttemptFactory attempts;
  private final Ticker clock = Ticker.systemTicker();

  /** Its options of retry are not used. */
  public CameraRaces(Camera camera) {
    this(camera, RaceListener.NONE);
  }

  /** As above, and tells {@code listener} what happens. */
  public CameraRaces(Camera camera, RaceListener listener) {
    this(camera, listener, new SharedHistory());
  }

  /**
   * As above.
   *
   * @param history what the races learn of addresses, shared with all that are given the same
   */
  public CameraRaces(Camera camera, RaceListener listener, SharedHistory history) {
    this(camera, listener, history, Connector.processLimiter());
  }

  /** As above; the races share {@code limiter} with all that are given the same. */
  public CameraRaces(
      Camera camera, RaceListener listener, SharedHistory history, SharedDialLimiter limiter) {
    this.camera = camera;
    connector =
        Connector.builder()
            .tls(camera.tls())
            .route(camera.route())
            .listener(listener)
            .history(history)
            .limiter(limiter.withSameHostGap(DialLimiterOptions.CAMERA_GAP))
            .build();
    attempts =
        new AttemptFactory(
            camera, connector, new SecureRandom(), clock, () -> true, camera.replay()::request);
  }

  /**
   * Starts a race. The winner's connection is left in order, with TEARDOWN if there is a session,
   * and closed; its channel's {@code closeFuture} tells when.
   */
  public RaceFuture race() {
    Destination destination = new Destination(camera);
    // Each race is alone: what one sees of a device is no concern of the next.
    LimitObserver observer =
        new LimitObserver(
            camera.limitSettings(), new ClientLimits(), clock, (endpoint, profile) -> {});
    observer.look(destination.target().endpoints());
    RaceFuture race =
        attempts.start(
            destination,
            camera.race().connectionRacing(),
            Admission.ALL,
            observer,
            (connection, end) -> {});
    CompletableFuture<Void> unused = race.thenAcceptAsync(CameraRaces::leave, race.executor());
    return race;
  }

  private static void leave(Connection won) {
    RacingConnection.of(won).connection().leave(null);
  }

  /** Cancels what is on and ends the threads. */
  @Override
  public void close() {
    connector.close();
  }
}
