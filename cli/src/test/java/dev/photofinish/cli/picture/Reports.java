package dev.photofinish.cli.picture;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports of races that could have been, to be drawn. */
public final class Reports {
  private static final long MS = 1_000_000;
  private static final Candidate V6 = candidate("2001:db8::1");
  private static final Candidate V4 = candidate("192.0.2.1");

  private Reports() {}

  public static final RaceReport DEAD_IPV6 =
      report(
          "rtsp://camera.example/stream",
          Strategy.FIRST_WINS,
          List.of(
              new Answer(12 * MS, 0, Family.IPV6, List.of(V6)),
              new Answer(18 * MS, 0, Family.IPV4, List.of(V4))),
          List.of(
              attempt(1, V6, 12, -1, -1, 285, Outcome.CANCELLED, null),
              attempt(2, V4, 262, 270, 285, 285, Outcome.WON, null)),
          Result.WON,
          285);

  public static final RaceReport DROP_OLDEST =
      report(
          "rtsp://192.0.2.1/stream",
          Strategy.HYBRID,
          List.of(),
          List.of(
              attempt(1, V4, 0, 2, -1, 252, Outcome.EVICTED, Cause.CLOSED),
              attempt(2, V4, 250, 252, 653, 653, Outcome.WON, null)),
          Result.WON,
          653);

  public static final RaceReport LAST_WINS =
      report(
          "rtsp://192.0.2.1/stream",
          Strategy.LAST_WINS,
          List.of(),
          List.of(
              attempt(1, V4, 0, 20, 140, 390, Outcome.REPLACED, null),
              attempt(2, V4, 250, 270, 390, 640, Outcome.REPLACED, null),
              attempt(3, V4, 500, 520, 640, 640, Outcome.WON, null)),
          Result.WON,
          640);

  public static final RaceReport LOST =
      report(
          "192.0.2.1:554",
          Strategy.FIRST_WINS,
          List.of(),
          List.of(
              attempt(1, V4, 0, -1, -1, 750, Outcome.RETIRED, null),
              attempt(2, V6, 250, -1, -1, 251, Outcome.FAILED, Cause.REFUSED),
              attempt(3, V4, 500, -1, -1, 1250, Outcome.RETIRED, null),
              attempt(4, V4, 750, -1, -1, 5000, Outcome.TIMED_OUT, Cause.TIMEOUT)),
          Result.TIMED_OUT,
          5000);

  /** A silent first race of hybrid, then its last-wins race. */
  public static final RaceReport SECOND_RACE =
      report(
          "192.0.2.1:554",
          Strategy.HYBRID,
          List.of(),
          List.of(
              attempt(1, V4, 0, -1, -1, 750, Outcome.RETIRED, null),
              attempt(2, V4, 250, -1, -1, 1000, Outcome.TIMED_OUT, null),
              attempt(3, V4, 1000, 1040, 1090, 1090, Outcome.WON, null)),
          Result.WON,
          1090);

  public static final RaceReport SUB_MILLISECOND =
      new RaceReport(
          "[2001:db8:85a3:1234:5678:8a2e:370:7334]:554",
          Strategy.FIRST_WINS,
          RaceOptions.defaults(),
          List.of(),
          List.of(
              new Attempt(
                  1,
                  candidate("2001:db8:85a3:1234:5678:8a2e:370:7334"),
                  20_000,
                  160_000,
                  230_000,
                  230_000,
                  Stage.READY,
                  Outcome.WON,
                  null,
                  null)),
          Result.WON,
          null,
          230_000);

  /** As many places as there may be, all silent. */
  public static final RaceReport SIXTEEN =
      report(
          "camera.example:554",
          Strategy.FIRST_WINS,
          List.of(new Answer(3 * MS, 0, Family.IPV6, List.of(V6))),
          IntStream.rangeClosed(1, 16)
              .mapToObj(
                  i ->
                      attempt(
                          i,
                          i % 2 == 0 ? V4 : V6,
                          (i - 1) * 300L,
                          -1,
                          -1,
                          5000,
                          Outcome.TIMED_OUT,
                          Cause.TIMEOUT))
              .toList(),
          Result.TIMED_OUT,
          5000);

  public static final List<RaceReport> ALL =
      List.of(DEAD_IPV6, DROP_OLDEST, LAST_WINS, LOST, SECOND_RACE, SUB_MILLISECOND, SIXTEEN);

  /** One silent attempt to {@code address}. */
  static RaceReport to(String address) {
    return report(
        "camera.example:554",
        Strategy.FIRST_WINS,
        List.of(),
        List.of(attempt(1, candidate(address), 0, -1, -1, 5000, Outcome.TIMED_OUT, null)),
        Result.TIMED_OUT,
        5000);
  }

  /** A running race. */
  static RaceReport running() {
    return new RaceReport(
        "camera.example:554",
        Strategy.FIRST_WINS,
        RaceOptions.defaults(),
        List.of(),
        List.of(
            attempt(1, V4, 0, 20, -1, 50, Outcome.EVICTED, Cause.CLOSED),
            new Attempt(2, V6, 100 * MS, -1, -1, -1, Stage.STARTED, null, null, null),
            new Attempt(3, V4, 200 * MS, 220 * MS, -1, -1, Stage.CONNECTED, null, null, null)),
        null,
        null,
        -1);
  }

  private static Candidate candidate(String address) {
    return new Candidate(new InetSocketAddress(Addresses.parse(address), 554));
  }

  private static Attempt attempt(
      int number,
      Candidate candidate,
      long start,
      long connected,
      long ready,
      long end,
      Outcome outcome,
      @Nullable Cause cause) {
    return new Attempt(
        number,
        candidate,
        start * MS,
        connected < 0 ? -1 : connected * MS,
        ready < 0 ? -1 : ready * MS,
        end * MS,
        ready < 0 ? Stage.STARTED : Stage.READY,
        outcome,
        cause,
        null);
  }

  private static RaceReport report(
      String target,
      Strategy strategy,
      List<Answer> answers,
      List<Attempt> attempts,
      Result result,
      long decidedAt) {
    Attempt last = attempts.get(attempts.size() - 1);
    return new RaceReport(
        target,
        strategy,
        RaceOptions.builder().connectionRacing(strategy).build(),
        answers,
        attempts,
        result,
        result == Result.WON ? last : null,
        decidedAt * MS);
  }
}
