package dev.photofinish.metrics;

import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.connect.route.Target;
import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Races as meters: add it to connectors. No tag holds an address or a name, so that the number of
 * time series is bounded whatever is raced to.
 *
 * <p>The meters of docs/metrics.md whose names begin with {@code photofinish.race}, {@code
 * .attempts}, {@code .connect}, {@code .dns}, {@code .evictions} and {@code .queue}.
 */
public final class RaceMetrics implements RaceListener {
  private static final String ACTIVE = "photofinish.races.active";

  private final AtomicInteger races = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Meter.MeterProvider<Timer> decision;
  private final Meter.MeterProvider<Counter> ended;
  private final Meter.MeterProvider<Timer> connect;
  private final Meter.MeterProvider<Timer> dns;
  private final Counter extra;
  private final Counter evictions;
  private final Timer queued;
  private final Meter.MeterProvider<Counter> throttled;

  /**
   * Counts in {@code registry}, for as many connectors as there are.
   *
   * @throws IllegalStateException there is another for this registry, whose gauges these would be
   */
  public RaceMetrics(MeterRegistry registry) {
    if (registry.find(ACTIVE).gauge() != null) {
      throw new IllegalStateException(
          "registry: it has " + ACTIVE + " already; expected one RaceMetrics for each registry");
    }
    gauge(registry, ACTIVE, races::get, "running races");
    gauge(registry, "photofinish.attempts.active", attempts::get, "attempts in progress or held");
    decision =
        Buckets.connecting("photofinish.race.decision")
            .description("from the caller's call to the decision")
            .withRegistry(registry);
    ended =
        Counter.builder("photofinish.attempts")
            .description("attempts that are over")
            .withRegistry(registry);
    connect =
        Buckets.connecting("photofinish.connect")
            .description("from an attempt's start to the established TCP connection")
            .withRegistry(registry);
    dns =
        Buckets.connecting("photofinish.dns")
            .description("from the start of the race to the answer about a name")
            .withRegistry(registry);
    extra =
        Counter.builder("photofinish.attempts.extra")
            .description("attempts beyond the first of their race")
            .register(registry);
    queued =
        Buckets.connecting("photofinish.queue.wait")
            .description("how long races waited for a place to dial, of those that had to")
            .register(registry);
    throttled =
        Counter.builder("photofinish.attempts.throttled")
            .description("attempts that the limiter of the process throttled for a time")
            .withRegistry(registry);
    evictions =
        Counter.builder("photofinish.evictions")
            .description("connections that the peer closed or reset while their race was on")
            .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, String name, Supplier<Number> value, String description) {
    Gauge.builder(name, value).description(description).strongReference(true).register(registry);
  }

  @Override
  public void started(long race, Target target, RaceOptions options) {
    races.incrementAndGet();
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    attempts.incrementAndGet();
    if (attempt > 1) {
      extra.increment();
    }
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    attempts.decrementAndGet();
    String why = cause == null ? "none" : Option.word(cause);
    ended.withTags("outcome", Option.word(outcome), "cause", why).increment();
    if (outcome == Outcome.EVICTED) {
      evictions.increment();
    }
  }

  @Override
  public void decided(long race, RaceReport report) {
    races.decrementAndGet();
    String result = report.result() == null ? "none" : Option.word(report.result());
    decision
        .withTags("strategy", Option.word(report.strategy()), "result", result)
        .record(Duration.ofNanos(report.decidedAt()));
    if (report.queuedFor() > 0) {
      queued.record(Duration.ofNanos(report.queuedFor()));
    }
    report
        .throttled()
        .forEach(w -> throttled.withTag("reason", Option.word(w.reason())).increment());
    report.attempts().stream().filter(a -> a.connected() >= 0).forEach(this::connected);
    Target target = Target.parse(report.target());
    report.answers().stream().filter(answer -> !isNumeric(target, answer)).forEach(this::answered);
  }

  private void connected(RaceReport.Attempt attempt) {
    connect
        .withTag("family", word(attempt.candidate().family()))
        .record(Duration.ofNanos(attempt.connected() - attempt.start()));
  }

  /** What was written as an address was not asked for. */
  private static boolean isNumeric(Target target, RaceReport.Answer answer) {
    return Addresses.isNumeric(target.endpoints().get(answer.endpoint()).host());
  }

  private void answered(RaceReport.Answer answer) {
    String found = answer.candidates().isEmpty() ? "nothing" : "addresses";
    dns.withTags("family", word(answer.family()), "answer", found)
        .record(Duration.ofNanos(answer.at()));
  }

  private static String word(Family family) {
    return Option.word(family);
  }
}
