package dev.photofinish.rtsp.client;

import dev.photofinish.option.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.StreamCommand;
import dev.photofinish.rtsp.stream.StreamMachine;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Does what a {@link StreamMachine} commands: races, what connections are to do, and what the
 * stream's listeners, statistics and log are told of. Everything happens on one event loop.
 */
final class CommandRunner implements StreamCommand.Driver<CameraPlayback> {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private final Camera camera;
  private final AttemptFactory attempts;
  private final RaceRunner races;
  private final StreamControl control;
  private final Ticker clock;
  private final StreamRecord record;
  private final StreamReports reports;
  private final Supplier<@Nullable CameraPlayback> played;
  private final Consumer<@Nullable Throwable> onOver;

  private boolean autoRead = true;
  private int retries;
  private @Nullable Throwable lastFailure;

  /**
   * @param played the connection on which media was last reported to flow; null before the first
   * @param onOver called after the last command, with why the stream gave up; null if it did not
   */
  CommandRunner(
      Camera camera,
      AttemptFactory attempts,
      RaceRunner races,
      StreamControl control,
      Ticker clock,
      StreamRecord record,
      StreamReports reports,
      Supplier<@Nullable CameraPlayback> played,
      Consumer<@Nullable Throwable> onOver) {
    this.camera = camera;
    this.attempts = attempts;
    this.races = races;
    this.control = control;
    this.clock = clock;
    this.record = record;
    this.reports = reports;
    this.played = played;
    this.onOver = onOver;
  }

  /** Whether the next connections are read from once their media comes. */
  void autoRead(boolean read) {
    autoRead = read;
  }

  /** A race was lost: the cause of a failure that is reported next. */
  void raceFailed(Throwable failure) {
    lastFailure = failure;
  }

  // ---- What is done

  @Override
  public void race(Strategy strategy, int places, @Nullable RtspUrl redirect) {
    races.start(strategy, places);
  }

  @Override
  public void cancelRace() {
    races.cancel();
  }

  @Override
  public void play(CameraPlayback connection) {
    connection.begin();
  }

  @Override
  public void watchAgain(CameraPlayback connection) {
    connection.connection().watch();
  }

  @Override
  public void tearDown(CameraPlayback connection, @Nullable EndReason end) {
    connection.connection().leave(end);
  }

  @Override
  public void abandon(CameraPlayback connection, EndReason end) {
    connection.connection().abandon(end);
  }

  // ---- What is reported

  @Override
  public void playing(CameraPlayback connection, boolean first, String reason) {
    if (first) {
      record.connected();
      connection.connection().reading(autoRead);
    }
    if (retries > 1) {
      LOG.info("{}: media is back after {} retries", camera, retries);
    }
    retries = 0;
    attempts.credentialsWork();
    record.outageEnded(clock.nanoTime());
    reports.state(CameraState.PLAYING, reason);
    control.playing();
  }

  @Override
  public void paused(CameraPlayback connection) {
    record.outageEnded(clock.nanoTime());
    reports.state(CameraState.PAUSED, "PAUSE was answered by " + connection.remote());
  }

  @Override
  public void lostWhilePaused(EndReason end) {
    LOG.info("{}: the paused connection is over: {}; the next one waits", camera, end.reason());
  }

  @Override
  public void finished(String reason) {
    lastFailure = null;
    reports.state(CameraState.ENDED, reason);
  }

  @Override
  public void stalled(CameraPlayback connection, String reason) {
    outage();
    reports.state(CameraState.STALLED, reason);
  }

  @Override
  public void reconnecting(String reason) {
    outage();
    reports.state(CameraState.RECONNECTING, reason);
  }

  private void outage() {
    CameraPlayback last = played.get();
    if (reports.state() == CameraState.PLAYING && last != null) {
      record.outageBegan(last.lastMedia());
    }
  }

  @Override
  public void retryIn(
      int attempt, Duration delay, RetryStrategy strategy, String reason, boolean news) {
    String word = Option.word(strategy);
    retries++;
    // An outage of a thousand retries is a few lines.
    LOG.atLevel(news ? Level.INFO : Level.DEBUG)
        .log("{}: retry {} in {} ms ({}): {}", camera, attempt, delay.toMillis(), word, reason);
    reports.retry(attempt, delay, word, reason);
  }

  @Override
  public void waiting(Duration delay, String reason) {
    LOG.warn(
        "{}: {}; it counts as no try of the camera, which is raced for again {} ms later",
        camera,
        reason,
        delay.toMillis());
  }

  @Override
  public void closed(String reason) {
    lastFailure = null;
    reports.state(CameraState.CLOSED, reason);
  }

  @Override
  public void failed(TryFailure failure, String reason) {
    lastFailure = new CameraFailedException(camera + ": " + reason, failure, lastFailure);
    reports.state(CameraState.FAILED, reason);
  }

  @Override
  public void over() {
    onOver.accept(lastFailure);
  }
}
