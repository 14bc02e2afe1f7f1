package dev.photofinish.rtsp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link StreamMachine} in virtual milliseconds: tell it what happens, {@code expect} what
 * it commands. After every step it asserts the driver's contract: one race at a time, at most one
 * connection that plays, each connection torn down or ended once, nothing after the end.
 */
final class StreamScript implements StreamCommand.Driver<FakeConnection> {
  private static final long MS = 1_000_000;

  /** Linear, so that delays are known: 250, 1250, 2250 ms. */
  static final RetryOptions LINEAR =
      RetryOptions.builder().retryStrategy(RetryStrategy.LINEAR).build();

  private static final RaceReport WON = report(Result.WON, attempt(null, Outcome.WON, 2, null));

  final FakeLimits limits = new FakeLimits();
  private final StreamMachine<FakeConnection> machine;
  private final Map<String, FakeConnection> connections = new LinkedHashMap<>();
  private final List<String> commands = new ArrayList<>();
  private final Set<FakeConnection> open = new HashSet<>();
  private String reason = "";
  private int news;
  private boolean racing;
  private boolean over;
  private long now = Long.MAX_VALUE - 3 * MS; // wraps around soon

  StreamScript() {
    this(LINEAR, Strategy.NONE);
  }

  StreamScript(RetryOptions retry, Strategy racing) {
    this(retry, racing, 5);
  }

  StreamScript(RetryOptions retry, Strategy racing, int maxRedirects) {
    machine =
        new StreamMachine<>(
            new StreamSettings("rtsp://camera/a", retry.stableAfter(), maxRedirects),
            new RetrySchedule(retry, racing, new Random(1)),
            limits);
  }

  // ---- What happens

  StreamScript open() {
    return tell(new StreamEvent.Opened<>());
  }

  StreamScript win(String name) {
    assertThat(racing).as("a race is running").isTrue();
    racing = false;
    return winLate(name);
  }

  /** A race that was cancelled is won all the same. */
  StreamScript winLate(String name) {
    FakeConnection connection = new FakeConnection(name);
    connections.put(name, connection);
    open.add(connection);
    return tell(new StreamEvent.RaceWon<>(connection, WON));
  }

  StreamScript lose(RaceReport report) {
    return lose(report, "lost");
  }

  StreamScript lose(RaceReport report, String message) {
    assertThat(racing).as("a race is running").isTrue();
    racing = false;
    return tell(new StreamEvent.RaceLost<>(report, message));
  }

  StreamScript loseRace() {
    return lose(report(Result.FAILED, attempt(Cause.TIMEOUT, Outcome.FAILED, -1, null)));
  }

  StreamScript breakRace(String why) {
    racing = false;
    return tell(new StreamEvent.RaceBroken<>(why));
  }

  StreamScript attemptEnds(EndReason end) {
    return tell(new StreamEvent.AttemptEnded<>(end));
  }

  StreamScript media(String name) {
    of(name).media(now);
    if (!machine.isPlaying(of(name))) {
      tell(new StreamEvent.MediaCame<>(of(name)));
    }
    return this;
  }

  /** Media every 100 ms for so long. */
  StreamScript mediaFor(String name, int ms) {
    for (int passed = 0; passed < ms; passed += 100) {
      media(name).pass(100);
    }
    return media(name);
  }

  StreamScript stall(String name) {
    return tell(new StreamEvent.Stalled<>(of(name)));
  }

  StreamScript silent(String name, EndReason.Kind kind) {
    return tell(new StreamEvent.FellSilent<>(of(name), new EndReason(kind, "silence")));
  }

  StreamScript goodbye(String name) {
    EndReason bye = new EndReason(EndReason.Kind.ENDED_BY_CAMERA, "BYE");
    return tell(new StreamEvent.SourcesLeft<>(of(name), bye));
  }

  StreamScript pause(String name) {
    return tell(new StreamEvent.Paused<>(of(name)));
  }

  StreamScript resume(String name) {
    return tell(new StreamEvent.Resumed<>(of(name)));
  }

  StreamScript resume() {
    return tell(new StreamEvent.ResumeRequested<>());
  }

  /** All of the recording came. */
  StreamScript playToTheEnd(String name) {
    EndReason end = new EndReason(EndReason.Kind.PLAYED_TO_THE_END, "the end");
    return tell(new StreamEvent.SourcesLeft<>(of(name), end));
  }

  StreamScript neverAnswers(String name) {
    of(name).neverAnswered();
    return this;
  }

  StreamScript end(String name, EndReason.Kind kind) {
    return end(name, new EndReason(kind, "as scripted"));
  }

  StreamScript end(String name, EndReason end) {
    assertThat(open.remove(of(name))).as("%s is open", name).isTrue();
    return tell(new StreamEvent.ConnectionEnded<>(of(name), end));
  }

  StreamScript close() {
    return tell(new StreamEvent.CloseRequested<>("closed by the caller"));
  }

  /** Lets time pass, and comes back at the deadline as a driver does. */
  StreamScript pass(long ms) {
    long until = now + ms * MS;
    while (machine.deadline().isPresent() && machine.deadline().getAsLong() - until <= 0) {
      long at = machine.deadline().getAsLong();
      now = at - now > 0 ? at : now;
      tell(new StreamEvent.Tick<>());
    }
    now = until;
    return this;
  }

  private FakeConnection of(String name) {
    return Objects.requireNonNull(connections.get(name));
  }

  private StreamScript tell(StreamEvent<FakeConnection> event) {
    machine.handle(event, now);
    StreamCommand<FakeConnection> next = machine.poll();
    while (next != null) {
      next.run(this);
      next = machine.poll();
    }
    if (over) {
      assertThat(machine.deadline()).as("deadline after the end").isEmpty();
      assertThat(machine.current()).as("connection after the end").isNull();
    }
    return this;
  }

  // ---- What is expected

  StreamScript expect(String... expected) {
    assertThat(commands).containsExactly(expected);
    commands.clear();
    return this;
  }

  StreamScript expectNothing() {
    return expect();
  }

  boolean isRacing() {
    return racing;
  }

  boolean isOver() {
    return over;
  }

  void assertOver() {
    assertThat(over).as("the end was reported").isTrue();
  }

  /** How many retries had a reason that was new. */
  int news() {
    return news;
  }

  /** The last reason that was reported. */
  String reason() {
    return reason;
  }

  // ---- The driver

  private void said(String command) {
    assertThat(over).as("%s after the end", command).isFalse();
    commands.add(command);
  }

  private void said(String command, String why) {
    said(command);
    reason = why;
  }

  @Override
  public void race(Strategy strategy, int places, @Nullable RtspUrl redirect) {
    assertThat(racing).as("another race is running").isFalse();
    racing = true;
    String where = redirect == null ? "" : " to " + redirect;
    said("race " + Option.word(strategy) + (places < 16 ? " of " + places : "") + where);
  }

  @Override
  public void cancelRace() {
    assertThat(racing).as("a race is running").isTrue();
    racing = false;
    said("cancel the race");
  }

  @Override
  public void play(FakeConnection connection) {
    assertThat(machine.current()).isSameAs(connection);
    said("play " + connection);
  }

  @Override
  public void watchAgain(FakeConnection connection) {
    said("watch " + connection);
  }

  @Override
  public void tearDown(FakeConnection connection, @Nullable EndReason end) {
    assertThat(open).contains(connection);
    // Also after the end: what a race brings too late.
    commands.add("tear down " + connection + (end == null ? "" : " as " + end.kind()));
  }

  @Override
  public void abandon(FakeConnection connection, EndReason end) {
    assertThat(open).contains(connection);
    said("abandon " + connection + " as " + end.kind());
  }

  @Override
  public void playing(FakeConnection connection, boolean first, String why) {
    said("playing " + connection + (first ? "" : " again"), why);
  }

  @Override
  public void stalled(FakeConnection connection, String why) {
    said("stalled", why);
  }

  @Override
  public void paused(FakeConnection connection) {
    said("paused " + connection);
  }

  @Override
  public void lostWhilePaused(EndReason end) {
    said("lost while paused", end.reason());
  }

  @Override
  public void finished(String why) {
    said("finished", why);
  }

  @Override
  public void reconnecting(String why) {
    said("reconnecting", why);
  }

  @Override
  public void retryIn(
      int attempt, Duration delay, RetryStrategy strategy, String why, boolean isNews) {
    news += isNews ? 1 : 0;
    said("retry " + attempt + " in " + delay.toMillis(), why);
  }

  @Override
  public void waiting(Duration delay, String why) {
    said("wait " + delay.toMillis(), why);
  }

  @Override
  public void closed(String why) {
    said("closed", why);
  }

  @Override
  public void failed(TryFailure failure, String why) {
    said("failed", why);
  }

  @Override
  public void over() {
    assertThat(open).as("open at the end").isEmpty();
    said("over");
    over = true;
  }

  // ---- What scripts are made of

  static EndReason redirect(String url) {
    return new EndReason(EndReason.Kind.REDIRECTED, "302 to " + url, url(url), 0, Duration.ZERO);
  }

  static EndReason full(Duration retryAfter) {
    return new EndReason(EndReason.Kind.AT_CAPACITY, "503", null, 503, retryAfter);
  }

  private static RtspUrl url(String text) {
    try {
      return RtspUrl.parse(text);
    } catch (RtspFormatException e) {
      throw new AssertionError(e);
    }
  }

  static RaceReport report(Result result, RaceReport.Attempt... attempts) {
    return new RaceReport(
        "camera:554",
        Strategy.NONE,
        RaceOptions.defaults(),
        List.of(),
        List.of(attempts),
        result,
        null,
        5000 * MS);
  }

  /** An attempt that was connected after {@code connected} ms, -1 if never, and ended at 5 s. */
  static RaceReport.Attempt attempt(
      @Nullable Cause cause, Outcome outcome, long connected, @Nullable String detail) {
    Stage stage = connected < 0 ? Stage.STARTED : Stage.CONNECTED;
    return attempt(cause, outcome, connected, detail, stage);
  }

  static RaceReport.Attempt attempt(
      @Nullable Cause cause,
      Outcome outcome,
      long connected,
      @Nullable String detail,
      Stage stage) {
    return new RaceReport.Attempt(
        1,
        new Candidate(new InetSocketAddress("192.0.2.1", 554)),
        0,
        connected < 0 ? -1 : connected * MS,
        -1,
        5000 * MS,
        stage,
        outcome,
        cause,
        detail);
  }
}
