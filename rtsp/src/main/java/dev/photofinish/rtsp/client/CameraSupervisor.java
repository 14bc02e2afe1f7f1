package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.DeviceFact;
import dev.photofinish.retry.DeviceMemory;
import dev.photofinish.retry.RetryDecision;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.RtcpPacket;
import dev.photofinish.rtsp.message.RtpHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.session.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one camera's stream up: races, plays from the winner, replaces what died or stalled, and
 * asks the {@link RetrySchedule} when to try again. Everything happens on one event loop.
 *
 * <p>At most one connection plays ({@code current}). With last-wins and hybrid a silent connection
 * is kept ({@code silent}) until the race for its replacement is won, and plays again should its
 * media come back before.
 */
final class CameraSupervisor implements ConnectionOwner {

  /** What the stream around the supervisor is told. */
  interface Events {
    void state(CameraState to, String reason);

    void race(RaceReport report);

    void retry(int attempt, Duration delay, String strategy, String reason);

    void described(List<MediaStream> streams);

    void packet(MediaStream stream, RtpHeader header, ByteBuf packet);

    void rtcp(MediaStream stream, ByteBuf packet);

    /** Everything is closed. */
    void over(@Nullable Throwable failure);
  }

  /** As long as the memory of a connection-limited device lasts. */
  private static final long FULL_REMEMBERED = Duration.ofMinutes(10).toNanos();

  private final Camera camera;
  private final Racing racing;
  private final EventLoop loop;
  private final Ticker clock;
  private final RetrySchedule schedule;
  private final DeviceMemory memory;
  private final StreamRecord record;
  private final Events events;
  private final ReceiverReports reports;
  private final Course course;

  private final Set<CameraConnection> open = new HashSet<>();
  private CameraState state = CameraState.CONNECTING;
  private @Nullable RaceFuture race;
  private @Nullable Future<?> retryTimer;
  private @Nullable CameraConnection current;
  private @Nullable CameraConnection silent;
  private @Nullable Ending raceEnding;
  private @Nullable Throwable lastFailure;
  private Strategy strategy = Strategy.NONE;
  private @Nullable Long fullAt;
  private boolean over;
  private boolean mediaOnCurrent;
  private boolean autoRead = true;
  private long wonAt;
  private long lastMedia;

  CameraSupervisor(
      Camera camera,
      Racing racing,
      EventLoop loop,
      Ticker clock,
      RetrySchedule schedule,
      DeviceMemory memory,
      StreamRecord record,
      ReceiverReports reports,
      Events events) {
    this.camera = camera;
    this.racing = racing;
    this.loop = loop;
    this.clock = clock;
    this.schedule = schedule;
    this.memory = memory;
    this.record = record;
    this.reports = reports;
    this.events = events;
    this.course = new Course(camera);
  }

  // ---- For the stream

  void start() {
    race();
  }

  void autoRead(boolean read) {
    autoRead = read;
    if (current != null && mediaOnCurrent) {
      current.reading(read);
    }
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
    current = null;
    silent = null;
    for (CameraConnection connection : List.copyOf(open)) {
      connection.leave(null);
    }
    overWhenClosed();
  }

  private void overWhenClosed() {
    if (state.isFinal() && open.isEmpty() && !over) {
      over = true;
      events.over(lastFailure);
    }
  }

  private void stopTrying() {
    if (retryTimer != null) {
      retryTimer.cancel(false);
      retryTimer = null;
    }
    if (race != null) {
      RaceFuture cancelled = race;
      race = null;
      cancelled.cancel(false);
    }
  }

  private void become(CameraState next, String reason) {
    if (next == state) {
      return;
    }
    if (state == CameraState.PLAYING && !next.isFinal()) {
      record.outageBegan(lastMedia);
    }
    state = next;
    events.state(next, reason);
  }

  private long now() {
    return clock.nanoTime();
  }

  // ---- Races

  private void race() {
    retryTimer = null;
    raceEnding = null;
    strategy = strategy();
    RaceFuture started = racing.start(course, strategy, this::endedInRace);
    race = started;
    CompletableFuture<?> unused =
        started.whenComplete((connection, failure) -> raced(started, connection, failure));
  }

  private Strategy strategy() {
    Strategy chosen = schedule.racing();
    return chosen == Strategy.HYBRID && isRemembered() ? Strategy.LAST_WINS : chosen;
  }

  private boolean isRemembered() {
    return memory.profile(Networks.key(course.target()), now()) != null;
  }

  /** Whether the old connection must go before a new one can come. */
  private boolean takesOneClient() {
    boolean saidSo = fullAt != null && now() - fullAt < FULL_REMEMBERED;
    return saidSo || isRemembered();
  }

  /** Of several attempts, the ending that says most about what to do is kept. */
  private void endedInRace(Ending ending) {
    Comparator<Ending> byWeight = Comparator.comparingInt(e -> weight(e.kind()));
    if (raceEnding == null || byWeight.compare(ending, raceEnding) > 0) {
      raceEnding = ending;
    }
  }

  private static int weight(Ending.Kind kind) {
    return switch (kind) {
      case UNAUTHORIZED -> 3;
      case REDIRECTED -> 2;
      case FULL -> 1;
      default -> 0;
    };
  }

  private void raced(
      RaceFuture finished, @Nullable Connection connection, @Nullable Throwable failure) {
    if (race != finished) {
      return;
    }
    race = null;
    if (connection != null) {
      won(connection);
    } else if (failure instanceof RaceException lost) {
      lost(lost);
    } else {
      lastFailure = failure;
      tryAgain(failed(TryFailure.OTHER), "the race could not be run: " + failure);
    }
  }

  private void won(Connection connection) {
    events.race(connection.report());
    schedule.raced(connection.report());
    CameraConnection next = connection.channel().pipeline().get(CameraConnection.class);
    wonAt = now();
    mediaOnCurrent = false;
    current = next;
    open.add(next);
    next.owner(this);
    letSilentGo();
    if (!next.tracks().isEmpty()) {
      prepared(next);
    }
    next.begin();
    next.choose();
  }

  private void letSilentGo() {
    if (silent != null) {
      CameraConnection old = silent;
      silent = null;
      old.leave(null);
    }
  }

  private void lost(RaceException failure) {
    lastFailure = failure;
    events.race(failure.report());
    Ending telling = raceEnding;
    if (telling == null || weight(telling.kind()) == 0) {
      tryAgain(
          failed(TryFailures.of(failure.report())),
          failure.getMessage() + TryFailures.details(failure.report()));
    } else if (telling.kind() == Ending.Kind.REDIRECTED) {
      redirected(telling);
    } else {
      noteFull(telling);
      tryAgain(failed(TryFailures.of(telling.kind())), telling.reason());
    }
  }

  /** Whatever comes of it, the device is left alone for as long as it asked. */
  private void noteFull(Ending ending) {
    if (ending.kind() == Ending.Kind.FULL) {
      schedule.full(now(), ending.retryAfter());
    }
  }

  private RetryDecision failed(TryFailure meaning) {
    if (meaning == TryFailure.FULL) {
      fullAt = now();
      letSilentGo();
    }
    return schedule.tryFailed(now(), meaning);
  }

  // ---- The connection

  @Override
  public void prepared(CameraConnection connection) {
    List<MediaStream> streams = MediaStreams.of(connection.tracks());
    record.assign(streams);
    events.described(streams);
  }

  @Override
  public void rtp(
      CameraConnection connection, int track, RtpHeader header, ByteBuf packet, long now) {
    if (connection == silent) {
      cameBack(connection);
    }
    if (connection != current) {
      return;
    }
    if (state == CameraState.PLAYING || plays(connection, now)) {
      lastMedia = now;
      events.packet(record.packet(track, header, packet.readableBytes(), now), header, packet);
    }
  }

  /** The silent connection brings media while its replacement is still being raced for. */
  private void cameBack(CameraConnection connection) {
    stopTrying();
    silent = null;
    current = connection;
    mediaOnCurrent = true;
    connection.watch();
  }

  private boolean plays(CameraConnection connection, long now) {
    if (!mediaOnCurrent) {
      mediaOnCurrent = true;
      record.connected();
      connection.reading(autoRead);
    }
    lastMedia = now;
    course.arrived();
    racing.credentialsWork();
    schedule.mediaCame(now);
    record.outageEnded(now);
    become(CameraState.PLAYING, "media from " + connection.remote());
    return connection == current;
  }

  @Override
  public void rtcp(CameraConnection connection, int track, ByteBuf packet, long now) {
    if (connection != current) {
      return;
    }
    try {
      List<RtcpPacket> compound = RtcpPacket.parseAll(packet.nioBuffer());
      events.rtcp(record.control(track, compound, now), packet);
      leaveWhenAllLeft(connection, compound);
    } catch (RtspFormatException e) {
      // What cannot be read says nothing; media goes on without it.
    }
  }

  /** RFC 3550 section 6.6: the last source that says goodbye ends the media. */
  private void leaveWhenAllLeft(CameraConnection connection, List<RtcpPacket> compound) {
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.Goodbye goodbye
          && connection == current
          && record.haveAllLeft()) {
        String why = goodbye.reason().isEmpty() ? "" : ": " + Excerpt.of(goodbye.reason());
        connection.leave(
            new Ending(Ending.Kind.ENDED_BY_CAMERA, "RTCP BYE from every source" + why));
        return;
      }
    }
  }

  @Override
  public byte @Nullable [] report(CameraConnection connection, int track, long now) {
    return connection == current ? reports.of(record.report(track, now)) : null;
  }

  @Override
  public void stalled(CameraConnection connection) {
    if (connection == current) {
      become(
          CameraState.STALLED,
          connection.remote()
              + " answers, but sends no media; last "
              + (now() - Math.max(lastMedia, wonAt)) / 1_000_000
              + " ms ago");
    }
  }

  @Override
  public void silent(CameraConnection connection, Ending ending) {
    if (connection != current) {
      return;
    }
    boolean keeps = strategy == Strategy.LAST_WINS || strategy == Strategy.HYBRID;
    if (keeps && !takesOneClient()) {
      silent = connection;
      current = null;
      dropped(connection, ending);
    } else if (ending.kind() == Ending.Kind.STALLED) {
      connection.leave(ending);
    } else {
      connection.abandon(ending);
    }
  }

  @Override
  public void ended(CameraConnection connection, Ending ending) {
    open.remove(connection);
    if (connection == silent) {
      silent = null;
    } else if (connection == current) {
      current = null;
      remember(ending);
      dropped(connection, ending);
    }
    overWhenClosed();
  }

  private void remember(Ending ending) {
    DeviceMemory.Key key = Networks.key(course.target());
    if (ending.kind() == Ending.Kind.CLOSED || ending.kind() == Ending.Kind.RESET) {
      memory.learn(key, new DeviceFact.WinnerClosed(wonAt), now());
    } else {
      memory.learn(key, new DeviceFact.WinnerLasted(), now());
    }
  }

  private void dropped(CameraConnection connection, Ending ending) {
    String reason = connection.remote() + ": " + ending.reason();
    noteFull(ending);
    if (ending.kind() == Ending.Kind.REDIRECTED) {
      redirected(ending);
    } else if (mediaOnCurrent && ending.kind() != Ending.Kind.UNAUTHORIZED) {
      tryAgain(schedule.streamDropped(now(), lastMedia), reason);
    } else {
      tryAgain(failed(TryFailures.of(ending.kind())), reason);
    }
  }

  private void redirected(Ending ending) {
    if (course.follow(ending)) {
      becomeUnconnected(ending.reason());
      race();
    } else {
      tryAgain(
          failed(TryFailure.OTHER),
          ending.reason() + ", not followed: max-redirects is " + camera.options().maxRedirects());
    }
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
        retryTimer = loop.schedule(this::race, retry.delayNanos(), TimeUnit.NANOSECONDS);
      }
    } else {
      String all = decision.reason() + ": " + reason;
      finish(CameraState.FAILED, all, new CameraFailedException(camera + ": " + all, lastFailure));
    }
  }
}
