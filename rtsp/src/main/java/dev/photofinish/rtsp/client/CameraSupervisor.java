package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.race.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.DeviceProfile;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.message.RtpHeader;
import dev.photofinish.rtsp.session.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one camera's stream up: races, has the winner played, and asks the {@link RetrySchedule}
 * when to try again after what played has died or stalled. Everything happens on one event loop.
 */
final class CameraSupervisor implements Playback.Events, StreamRaces.Events {

  /** What the stream around the supervisor is told. */
  interface Events {
    void state(CameraState to, String reason);

    void race(RaceReport report);

    void retry(int attempt, Duration delay, String strategy, String reason);

    void described(List<MediaStream> streams);

    void packet(MediaStream stream, RtpHeader header, ByteBuf packet);

    void rtcp(MediaStream stream, ByteBuf packet);

    /** What is known of an endpoint changed; null when it proved wrong. */
    void device(String endpoint, @Nullable DeviceProfile profile);

    /** Everything is closed. */
    void over(@Nullable Throwable failure);
  }

  private final Camera camera;
  private final Racing racing;
  private final EventLoop loop;
  private final Ticker clock;
  private final RetrySchedule schedule;
  private final StreamRecord record;
  private final Events events;
  private final Course course;
  private final DeviceWatch device;
  private final StreamRaces races;
  private final Playback playback;

  private CameraState state = CameraState.CONNECTING;
  private @Nullable Future<?> timer;
  private @Nullable Throwable lastFailure;
  private Strategy strategy = Strategy.NONE;
  private boolean over;

  CameraSupervisor(
      Camera camera,
      Racing racing,
      EventLoop loop,
      Ticker clock,
      RetrySchedule schedule,
      Devices devices,
      StreamRecord record,
      ReceiverReports reports,
      Events events) {
    this.camera = camera;
    this.racing = racing;
    this.loop = loop;
    this.clock = clock;
    this.schedule = schedule;
    this.record = record;
    this.events = events;
    this.course = new Course(camera);
    this.device = new DeviceWatch(camera, devices, clock, events::device);
    this.races = new StreamRaces(racing, course, device, this);
    this.playback = new Playback(this, events, record, reports);
  }

  // ---- For the stream

  void start() {
    race();
  }

  void autoRead(boolean read) {
    playback.autoRead(read);
  }

  void close(String reason) {
    finish(CameraState.CLOSED, reason, null);
  }

  private void finish(CameraState last, String reason, @Nullable Throwable failure) {
    if (state.isFinal()) {
      return;
    }
    stopTrying();
    become(last, reason);
    lastFailure = failure;
    playback.leave();
    if (playback.isAllClosed()) {
      allClosed();
    }
  }

  @Override
  public void allClosed() {
    if (state.isFinal() && !over) {
      over = true;
      events.over(lastFailure);
    }
  }

  private void stopTrying() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    races.cancel();
  }

  private void become(CameraState next, String reason) {
    if (next == state) {
      return;
    }
    if (state == CameraState.PLAYING && !next.isFinal()) {
      record.outageBegan(playback.lastMedia());
    }
    state = next;
    events.state(next, reason);
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- Races

  private void race() {
    timer = null;
    Admission admission = device.admit(course);
    if (admission.ownFirst()) {
      playback.letSilentGo();
    }
    if (admission.delay() > 0) {
      raceIn(admission.delay());
    } else if (admission.places() == 0) {
      tryAgain(schedule.tryFailed(now(), TryFailure.FULL), String.valueOf(admission.reason()));
    } else {
      Strategy chosen = schedule.racing();
      boolean newestWins = chosen == Strategy.HYBRID && device.dropsOlder();
      strategy = newestWins ? Strategy.LAST_WINS : chosen;
      races.start(strategy, admission.places());
    }
  }

  private void raceIn(long nanos) {
    timer = loop.schedule(this::race, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void won(Connection connection) {
    events.race(connection.report());
    schedule.raced(connection.report());
    device.raced(connection.report(), playback.silent());
    CameraConnection next = CameraConnection.of(connection);
    next.visit().won();
    playback.play(next, now());
  }

  @Override
  public void lost(RaceException failure, @Nullable Ending telling) {
    lastFailure = failure;
    events.race(failure.report());
    device.raced(failure.report(), playback.silent());
    if (telling == null && TryFailures.wasSlow(failure.report())) {
      String more = device.allowMoreTime() ? "; the next race has up to " : "; racing-timeout is ";
      tryAgain(
          failed(TryFailure.OTHER),
          TryFailures.slow(failure.report()) + more + device.racingTimeout().toMillis() + " ms");
    } else if (telling == null) {
      tryAgain(
          failed(TryFailures.of(failure.report())),
          failure.getMessage() + TryFailures.details(failure.report()));
    } else if (telling.kind() == Ending.Kind.REDIRECTED) {
      redirected(telling);
    } else {
      noteFull(telling);
      tryAgain(failed(meaning(telling)), telling.reason() + ofDetour(telling));
    }
  }

  /** A login that a redirect leads to is no fault of the camera's credentials. */
  private TryFailure meaning(Ending ending) {
    return isLoginElsewhere(ending) ? TryFailure.OTHER : TryFailures.of(ending.kind());
  }

  private boolean isLoginElsewhere(Ending ending) {
    return ending.kind() == Ending.Kind.LOGIN_NEEDED && course.isDetour();
  }

  private String ofDetour(Ending ending) {
    return isLoginElsewhere(ending)
        ? "; " + camera + " redirected there, and the login is for that camera alone"
        : "";
  }

  @Override
  public void broken(Throwable failure) {
    lastFailure = failure;
    tryAgain(failed(TryFailure.OTHER), "the race could not be run: " + failure);
  }

  /** Whatever comes of it, the device is left alone for as long as it asked. */
  private void noteFull(Ending ending) {
    if (ending.kind() == Ending.Kind.FULL) {
      schedule.full(now(), ending.retryAfter());
    }
  }

  private RetryDecision failed(TryFailure meaning) {
    CameraConnection silent = playback.silent();
    if (silent != null && !device.hasRoomBeside(silent)) {
      playback.letSilentGo();
    }
    return schedule.tryFailed(now(), meaning);
  }

  // ---- The connections

  @Override
  public void playing(CameraConnection connection, long now) {
    racing.credentialsWork();
    schedule.mediaCame(now);
    record.outageEnded(now);
    device.playing(connection, loop);
    become(CameraState.PLAYING, "media from " + connection.remote());
  }

  @Override
  public void stalled(String reason) {
    long since = now() - Math.max(playback.lastMedia(), playback.begunAt());
    become(CameraState.STALLED, reason + "; last " + since / 1_000_000 + " ms ago");
  }

  @Override
  public void cameBack() {
    stopTrying();
  }

  @Override
  public boolean keeps(CameraConnection silent) {
    boolean asked = strategy == Strategy.LAST_WINS || strategy == Strategy.HYBRID;
    return asked && device.hasRoomBeside(silent);
  }

  @Override
  public void ended(CameraConnection connection, Ending ending, boolean hadMedia) {
    device.ended(connection, ending, playback.begunAt(), hadMedia);
  }

  @Override
  public void dropped(CameraConnection connection, Ending ending, boolean hadMedia) {
    String reason = connection.remote() + ": " + ending.reason() + ofDetour(ending);
    noteFull(ending);
    if (hadMedia && isStable()) {
      course.arrived();
    }
    boolean credentials =
        ending.kind() == Ending.Kind.UNAUTHORIZED || ending.kind() == Ending.Kind.LOGIN_NEEDED;
    if (hadMedia && !credentials) {
      RetryDecision decision = schedule.streamDropped(now(), playback.lastMedia());
      follow(ending, decision, reason);
    } else if (ending.kind() == Ending.Kind.REDIRECTED) {
      redirected(ending);
    } else {
      tryAgain(failed(meaning(ending)), reason);
    }
  }

  /** Redirects are counted anew only then: else one packet before each would let them go on. */
  private boolean isStable() {
    long lasted = playback.lastMedia() - playback.begunAt();
    return lasted >= camera.retry().stableAfter().toNanos();
  }

  private void redirected(Ending ending) {
    if (course.follow(ending)) {
      becomeUnconnected(ending.reason());
      race();
    } else {
      tryAgain(failed(TryFailure.OTHER), ending.reason() + notFollowed());
    }
  }

  /** A redirect is a drop as any other for the schedule, and followed at once. */
  private void follow(Ending ending, RetryDecision decision, String reason) {
    boolean redirect = ending.kind() == Ending.Kind.REDIRECTED;
    if (redirect && decision instanceof RetryDecision.Retry && course.follow(ending)) {
      becomeUnconnected(reason);
      race();
    } else {
      tryAgain(decision, reason + (redirect ? notFollowed() : ""));
    }
  }

  private String notFollowed() {
    return ", not followed: max-redirects is " + camera.options().maxRedirects();
  }

  private void becomeUnconnected(String reason) {
    if (state != CameraState.CONNECTING) {
      become(CameraState.RECONNECTING, reason);
    }
  }

  private void tryAgain(RetryDecision decision, String reason) {
    course.home();
    if (decision instanceof RetryDecision.Retry retry) {
      becomeUnconnected(reason);
      String why = retry.change() == null ? reason : reason + "; now " + retry.change();
      events.retry(
          retry.attempt(),
          Duration.ofNanos(retry.delayNanos()),
          Option.word(retry.strategy()),
          retry.reason() + ": " + why);
      if (!state.isFinal()) {
        raceIn(retry.delayNanos());
      }
    } else {
      String all = decision.reason() + ": " + reason;
      finish(CameraState.FAILED, all, new CameraFailedException(camera + ": " + all, lastFailure));
    }
  }
}
