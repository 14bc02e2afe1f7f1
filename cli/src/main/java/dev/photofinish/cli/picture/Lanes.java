package dev.photofinish.cli.picture;

import dev.photofinish.cli.command.SafeText;
import dev.photofinish.option.Option;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import dev.photofinish.race.RaceReport.Throttled;
import dev.photofinish.race.Result;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.ArrayList;
import java.util.List;

/** The words of a timeline, the same in the terminal and in the picture. */
public final class Lanes {
  /** An answer that took less was no wait: a numeric address or the hosts file. */
  static final long NO_WAIT = 100_000;

  private Lanes() {}

  /** {@code last-wins race to cam:554: won by attempt 2 after 270 ms}. */
  public static String title(RaceReport report) {
    return Option.word(report.strategy()) + " race to " + SafeText.line(report.target());
  }

  public static String verdict(RaceReport report) {
    Attempt winner = report.winner();
    String time = Times.text(end(report));
    if (winner != null) {
      return "won by attempt " + winner.number() + ", " + winner.candidate() + ", after " + time;
    }
    Result result = report.result();
    return (result == null ? "still on" : Option.word(result)) + " after " + time;
  }

  /**
   * What the limiter of the process held up, in one line: {@code waited 3.2 s for a place to dial;
   * attempt 2 throttled for 1 s (extra-attempts)}; empty if nothing was.
   */
  static String heldUp(RaceReport report) {
    List<String> words = new ArrayList<>();
    if (report.queuedFor() > 0) {
      words.add("waited " + Times.text(report.queuedFor()) + " for a place to dial");
    }
    List<Throttled> throttled = report.throttled();
    if (!throttled.isEmpty()) {
      Throttled first = throttled.get(0);
      long until = first.until() < 0 ? end(report) : first.until();
      String others = throttled.size() == 1 ? "" : " and " + (throttled.size() - 1) + " more";
      words.add(
          "attempt %d%s throttled at %s for %s (%s)"
              .formatted(
                  first.attempt(),
                  others,
                  Times.text(first.at()),
                  Times.text(until - first.at()),
                  Option.word(first.reason())));
    }
    return String.join("; ", words);
  }

  /** The answers that were waited for; a numeric address is no answer. */
  static List<Answer> answers(RaceReport report) {
    List<Candidate> found =
        report.answers().stream().flatMap(answer -> answer.candidates().stream()).toList();
    boolean numeric = !found.isEmpty() && found.stream().allMatch(c -> isWritten(report, c));
    return report.answers().stream().filter(answer -> !numeric && answer.at() >= NO_WAIT).toList();
  }

  private static boolean isWritten(RaceReport report, Candidate candidate) {
    return report.target().contains(Addresses.text(candidate.remote().getAddress()));
  }

  /** {@code DNS AAAA}, with the endpoint where there are several. */
  static String label(RaceReport report, int endpoint, Family family) {
    String[] endpoints = report.target().split(",", -1);
    String of =
        endpoints.length > 1 && endpoint < endpoints.length
            ? " " + SafeText.value(endpoints[endpoint])
            : "";
    return (family == Family.IPV6 ? "DNS AAAA" : "DNS A") + of;
  }

  static String label(Attempt attempt) {
    return attempt.number() + " " + attempt.candidate();
  }

  static String end(Answer answer) {
    int count = answer.candidates().size();
    return (count == 1 ? "1 address " : count + " addresses ") + Times.text(answer.at());
  }

  /** {@code won 270 ms} or {@code failed 12 ms, refused}. */
  static String end(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    if (outcome == null) {
      return "in progress";
    }
    String text = Option.word(outcome) + " " + Times.text(attempt.end());
    return attempt.cause() == null || outcome == Outcome.TIMED_OUT
        ? text
        : text + ", " + Option.word(attempt.cause());
  }

  /** Ended by the network, the peer or the race's timeout rather than by us. */
  static boolean isBad(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    return outcome == Outcome.FAILED || outcome == Outcome.EVICTED || outcome == Outcome.TIMED_OUT;
  }

  /** Over, neither won nor ended by anybody else. */
  static boolean isClosedByUs(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    return outcome != null && outcome != Outcome.WON && !isBad(attempt);
  }

  /** Where the picture ends: the decision, or the last thing that happened. */
  static long end(RaceReport report) {
    long last = Math.max(report.decidedAt(), 1);
    for (Attempt attempt : report.attempts()) {
      last = Math.max(last, Math.max(attempt.start(), attempt.end()));
    }
    return last;
  }
}
