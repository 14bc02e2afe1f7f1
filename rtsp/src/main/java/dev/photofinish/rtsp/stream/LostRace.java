package dev.photofinish.rtsp.stream;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.retry.TryFailure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A race without a winner, read for what it says about the camera and about this host.
 *
 * @param message how its attempts ended, or what resolution answered when nothing could be dialled
 */
public record LostRace(RaceReport report, String message) {
  /** How long to wait for a descriptor to come free. */
  static final Duration DESCRIPTOR_WAIT = Duration.ofSeconds(5);

  /** The pause behind a race in which nothing was dialled; the race took its time already. */
  private static final Duration HELD_WAIT = Duration.ofMillis(250);

  /** Nothing reached a host, so that they say nothing about it. */
  private static final Set<Cause> NO_WAY = EnumSet.of(Cause.LOCAL, Cause.UNREACHABLE);

  /** EMFILE and ENFILE in the platform's words, {@code Too many open files [in system]}. */
  private static final String NO_DESCRIPTOR = "Too many open files";

  /** RFC 1035 section 4.1.1, in the words of its tools: name servers know no such name. */
  private static final String NO_NAME = "NXDOMAIN";

  private static final int MOST_DETAILS = 3;

  /** A race that ends so long after its time was kept from running, and with it its resolution. */
  private static final Duration STOOD_STILL = Duration.ofMillis(500);

  /**
   * What on this host kept a race from dialling: no try of the camera, which is raced for again.
   *
   * @param delay before the next race, without the retry schedule
   * @param reason human-readable
   */
  public record Held(Duration delay, String reason) {
    static Held withoutDescriptors(String seen) {
      return new Held(DESCRIPTOR_WAIT, "this process has no file descriptor left: " + seen);
    }
  }

  /** Null where the race was a try of the camera. */
  public @Nullable Held held() {
    if (lackedDescriptors()) {
      return Held.withoutDescriptors(message + details());
    }
    String why = notDialled();
    return why == null
        ? null
        : new Held(HELD_WAIT, "nothing was dialled, since " + why + ": " + message);
  }

  /** Whether what went wrong is that this process or host has no descriptor left. */
  static boolean lacksDescriptors(@Nullable String detail) {
    return detail != null && detail.contains(NO_DESCRIPTOR);
  }

  /** Whether no attempt could be made for want of a descriptor: no fault of the camera's. */
  private boolean lackedDescriptors() {
    return !report.attempts().isEmpty()
        && report.attempts().stream()
            .allMatch(a -> a.cause() == Cause.LOCAL && lacksDescriptors(a.detail()));
  }

  /**
   * Why nothing was dialled though there was an address, or no time to ask for one: no fault of the
   * camera's. Null where something was, or a name server did not answer.
   */
  private @Nullable String notDialled() {
    if (report.result() != Result.TIMED_OUT || !report.attempts().isEmpty()) {
      return null;
    }
    boolean resolved = report.answers().stream().anyMatch(a -> !a.candidates().isEmpty());
    long late = report.decidedAt() - report.options().racingTimeout().toNanos();
    if (!report.throttled().isEmpty()) {
      return "the limiter of this process held the dial back ("
          + Option.word(report.throttled().get(0).reason())
          + ")";
    }
    return resolved || late >= STOOD_STILL.toNanos()
        ? "this process or its host stood still"
        : null;
  }

  /**
   * The attempt that was connected when the race ran out of time, and came no further than to an
   * answer; null if there is none.
   */
  RaceReport.@Nullable Attempt slow() {
    if (report.result() != Result.TIMED_OUT) {
      return null;
    }
    for (RaceReport.Attempt attempt : report.attempts()) {
      if (attempt.outcome() == Outcome.TIMED_OUT && attempt.connected() >= 0) {
        return attempt;
      }
    }
    return null;
  }

  private static boolean wasAnswered(RaceReport.Attempt attempt) {
    return attempt.stage().compareTo(Stage.RESPONDED) >= 0;
  }

  /** Whether nothing could be dialled because there is no host of the name. */
  private boolean lackedName() {
    return report.attempts().isEmpty() && message.contains(NO_NAME);
  }

  /** Whether all that was reached showed a certificate that is not trusted. */
  private boolean lackedTrust() {
    List<RaceReport.Attempt> reached =
        report.attempts().stream()
            .filter(a -> a.cause() == null || !NO_WAY.contains(a.cause()))
            .toList();
    return !reached.isEmpty()
        && reached.stream()
            .allMatch(
                a ->
                    a.cause() == Cause.TLS
                        && a.detail() != null
                        && a.detail().startsWith(CauseMapper.NOT_TRUSTED));
  }

  /** What it says about the camera. */
  public TryFailure failure() {
    if (lackedName()) {
      return TryFailure.NO_SUCH_NAME;
    }
    if (lackedTrust()) {
      return TryFailure.NOT_TRUSTED;
    }
    boolean refused = false;
    boolean onlyRefused = true;
    for (RaceReport.Attempt attempt : report.attempts()) {
      // Also of an attempt that was never seen connected: a RST to a SYN is a refusal, so this one
      // came after the camera had accepted, only faster than we could look.
      if (attempt.cause() == Cause.RESET && !wasAnswered(attempt)) {
        return TryFailure.RESET_AFTER_ACCEPT;
      }
      refused |= attempt.cause() == Cause.REFUSED;
      onlyRefused &=
          attempt.cause() == Cause.REFUSED
              || (attempt.cause() != null && NO_WAY.contains(attempt.cause()));
    }
    return refused && onlyRefused ? TryFailure.REFUSED_AT_ONCE : TryFailure.OTHER;
  }

  /** What exactly was seen, each thing once; empty when there is nothing to add. */
  String details() {
    String all =
        report.attempts().stream()
            .map(RaceReport.Attempt::detail)
            .filter(Objects::nonNull)
            .distinct()
            .limit(MOST_DETAILS)
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }
}
