package dev.photofinish.socket;

import dev.photofinish.host.HistorySession;
import dev.photofinish.host.SourceAddresses;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Permit;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Rfc6724;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.report.ReportText;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Drives one race on the thread that wants the connection: the events of an instant, drain the
 * commands, wait in the selector until the deadline. Other threads do two things only: they bring a
 * name's answer, and they {@link #cancel}.
 */
final class BlockingRace implements RaceCommand.Driver {
  private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

  private final ConnectRequest request;
  private final SocketSettings settings;
  private final FactoryContext context;
  private final HistorySession history;
  private final Race race;
  private final Selector selector = Selector.open();
  private final List<SocketAttempt> attempts = new ArrayList<>(4);
  private final List<RaceEvent> pending = new ArrayList<>(4);
  private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

  private @Nullable Throwable unresolved;
  private @Nullable SocketAttempt winner;
  private volatile boolean cancelled;

  /** A race that has its permit. */
  BlockingRace(
      ConnectRequest request, SocketSettings settings, FactoryContext context, Permit permit)
      throws IOException {
    this.request = request;
    this.settings = settings;
    this.context = context;
    long now = now();
    RaceOptions options = request.options(permit.queuedFor(now));
    history = context.historySession(options, now);
    race =
        new Race(
            request.toString(),
            1,
            options,
            new Rfc6724(new SourceAddresses(), history),
            history,
            permit,
            now);
  }

  /** From any thread: ends the race, and with it {@link #run}, unless it is decided. */
  void cancel() {
    cancelled = true;
    selector.wakeup();
  }

  /** Runs the race to its end and gives the winner; all else that it opened is closed by then. */
  WonChannel run() throws IOException {
    try {
      resolve();
      while (!race.isDecided()) {
        step();
      }
    } finally {
      release();
    }
    return finish(race.report());
  }

  /** However the race ended: the sockets first, then their slots in the limiter. */
  private void release() throws IOException {
    try {
      attempts.stream().filter(attempt -> attempt != winner).forEach(SocketAttempt::close);
      selector.close();
    } finally {
      race.handle(now(), new RaceEvent.Cancelled());
      while (race.poll(now()) != null) {
        // All is closed already.
      }
    }
  }

  private WonChannel finish(RaceReport report) throws IOException {
    try {
      history.learn(report, now());
      context.onDecided().accept(report);
      if (winner != null) {
        return winner.won();
      }
    } catch (Throwable e) {
      attempts.forEach(SocketAttempt::close);
      throw e;
    }
    throw report.result() == Result.CANCELLED
        ? Failures.cancelled(cancelled, ReportText.summary(report))
        : Failures.exception(report, unresolved, attempts);
  }

  private void resolve() {
    String name = request.name();
    if (name == null) {
      resolved(request.given());
    } else {
      var unused = context.resolver().ask(name).whenComplete(this::answered);
    }
  }

  /** On the thread that looked the name up. */
  private void answered(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
    answers.add(
        () -> {
          unresolved = failure;
          resolved(request.choose(addresses == null ? List.of() : addresses));
        });
    selector.wakeup();
  }

  private void resolved(List<InetAddress> addresses) {
    for (Family family : Family.values()) {
      pending.add(new RaceEvent.Resolved(0, family, request.candidates(addresses, family)));
    }
  }

  private void step() throws IOException {
    handlePending();
    for (RaceCommand next = race.poll(now()); next != null; next = race.poll(now())) {
      next.run(this);
    }
    if (!race.isDecided()) {
      await();
    }
  }

  private void handlePending() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      pending.add(new RaceEvent.Cancelled());
    }
    race.handle(now(), pending);
    pending.clear();
  }

  /** Until something happens: an interrupt ends it at once too, and stays to be seen. */
  private void await() throws IOException {
    long left = race.deadline().orElseThrow() - now();
    if (left <= 0 || !pending.isEmpty() || !answers.isEmpty() || cancelled) {
      selector.selectNow(this::selected);
    } else {
      selector.select(this::selected, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
    for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
      answer.run();
    }
  }

  private void selected(SelectionKey key) {
    note(((SocketAttempt) key.attachment()).proceed(key, (SocketChannel) key.channel()));
  }

  private void note(@Nullable RaceEvent event) {
    if (event != null) {
      pending.add(event);
    }
  }

  private static long now() {
    return System.nanoTime();
  }

  @Override
  public void dial(int number, Candidate candidate) {
    if (settings.localPort() != 0) {
      letGo(); // the attempt before has the port until then
    }
    SocketAttempt attempt = new SocketAttempt(number, candidate);
    attempts.add(attempt);
    note(attempt.start(selector, settings));
  }

  @Override
  public void close(int number, Outcome outcome) {
    attempts.get(number - 1).close();
    letGo();
  }

  /**
   * A channel that is closed keeps its socket until the selector has let go of it. This takes what
   * woke the selector, too: {@link #await} looks at what others brought.
   */
  private void letGo() {
    try {
      selector.selectNow(key -> {});
    } catch (IOException e) {
      // The next wait will say so.
    }
  }

  @Override
  public void decide(Result result, int number) {
    winner = number == 0 ? null : attempts.get(number - 1);
  }
}
