package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.limit.ClientLimits;
import dev.photofinish.rtsp.limit.LimitObserver;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.stream.PlayPosition;
import dev.photofinish.rtsp.stream.StreamEvent;
import dev.photofinish.rtsp.stream.StreamMachine;
import dev.photofinish.rtsp.stream.StreamSettings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link StreamMachine}: hands it the events of races, connections and the timer, and its
 * commands to the {@link CommandRunner}. Everything happens on one event loop; what arrives while
 * commands run waits.
 */
final class CameraSupervisor
    implements RaceRunner.Listener, CameraPlayback.Stream, StreamControl.Stream {
  private final EventLoop loop;
  private final Ticker clock;
  private final StreamRecord record;
  private final StreamReports reports;
  private final Consumer<@Nullable Throwable> onOver;
  private final LimitObserver observer;
  private final StreamMachine<CameraPlayback> machine;
  private final PlayPosition position;
  private final StreamControl control;
  private final CommandRunner commands;
  private final BackChannel backChannel;
  private final EarliestTimer timer;
  private final Deque<StreamEvent<CameraPlayback>> pending = new ArrayDeque<>();

  private boolean draining;

  /**
   * @param onOver called when everything is closed, with why the stream gave up; null if it did not
   */
  CameraSupervisor(
      Camera camera,
      AttemptFactory attempts,
      PlayPosition position,
      EventLoop loop,
      Ticker clock,
      RetrySchedule schedule,
      ClientLimits limits,
      StreamRecord record,
      StreamReports reports,
      Consumer<@Nullable Throwable> onOver) {
    this.position = position;
    this.control = new StreamControl(this, position, camera.replay());
    this.backChannel = new BackChannel(camera.options().backChannel(), loop);
    this.loop = loop;
    this.clock = clock;
    this.record = record;
    this.reports = reports;
    this.onOver = onOver;
    Destination destination = new Destination(camera);
    this.observer = new LimitObserver(camera.limitSettings(), limits, clock, reports::device);
    StreamSettings settings =
        new StreamSettings(
            camera.toString(), camera.retry().stableAfter(), camera.options().maxRedirects());
    this.machine =
        new StreamMachine<>(settings, schedule, new ObservedLimits(observer, destination, loop));
    this.commands =
        new CommandRunner(
            camera,
            attempts,
            new RaceRunner(attempts, destination, observer, this),
            control,
            clock,
            record,
            reports,
            machine::played,
            this::over);
    this.timer = new EarliestTimer(clock, late -> handle(new StreamEvent.Tick<>()));
  }

  // ---- For the stream

  void start() {
    handle(new StreamEvent.Opened<>());
  }

  void autoRead(boolean read) {
    commands.autoRead(read);
    CameraPlayback current = machine.current();
    if (current != null && current.hadMedia()) {
      current.connection().reading(read);
    }
  }

  /** Asks the camera for a key frame, where it plays. */
  void requestKeyFrame() {
    CameraPlayback current = machine.current();
    if (current != null) {
      current.connection().requestKeyFrame();
    }
  }

  /** What the user asks for while it runs. */
  StreamControl control() {
    return control;
  }

  void close(String reason) {
    handle(new StreamEvent.CloseRequested<>(reason));
  }

  // ---- Events

  @Override
  public void handle(StreamEvent<CameraPlayback> event) {
    pending.add(event);
    if (draining) {
      return;
    }
    draining = true;
    try {
      drain();
    } finally {
      draining = false;
    }
    timer.arm(loop, machine.deadline());
  }

  private void drain() {
    for (var event = pending.poll(); event != null; event = pending.poll()) {
      machine.handle(event, clock.nanoTime());
      for (var next = machine.poll(); next != null; next = machine.poll()) {
        next.run(commands);
      }
    }
  }

  @Override
  public void attemptEnded(EndReason end) {
    handle(new StreamEvent.AttemptEnded<>(end));
  }

  @Override
  public void won(Connection winner) {
    reports.race(winner.report());
    RacingConnection won = RacingConnection.of(winner);
    observer.won(won.tracked());
    CameraPlayback playback = new CameraPlayback(won, this, record, reports);
    won.connection().owner(playback);
    handle(new StreamEvent.RaceWon<>(playback, winner.report()));
  }

  @Override
  public void lost(RaceException failure) {
    commands.raceFailed(failure);
    reports.race(failure.report());
    handle(new StreamEvent.RaceLost<>(failure.report(), String.valueOf(failure.getMessage())));
  }

  @Override
  public void broken(Throwable failure) {
    commands.raceFailed(failure);
    Throwable cause = failure.getCause();
    handle(new StreamEvent.RaceBroken<>(failure + (cause == null ? "" : ": " + cause)));
  }

  @Override
  public boolean isCurrent(CameraPlayback connection) {
    return connection == machine.current();
  }

  @Override
  public @Nullable CameraPlayback current() {
    return machine.current();
  }

  @Override
  public CameraState state() {
    return reports.state();
  }

  @Override
  public BackChannel backChannel() {
    return backChannel;
  }

  @Override
  public PlayPosition position() {
    return position;
  }

  @Override
  public boolean hasPlayed() {
    return machine.played() != null;
  }

  @Override
  public boolean takes(CameraPlayback connection) {
    if (machine.isPlaying(connection)) {
      return true;
    }
    handle(new StreamEvent.MediaCame<>(connection));
    return machine.isPlaying(connection);
  }

  private void over(@Nullable Throwable failure) {
    timer.stop();
    control.over();
    onOver.accept(failure);
  }
}
