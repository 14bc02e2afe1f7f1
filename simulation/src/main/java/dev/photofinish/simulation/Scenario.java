package dev.photofinish.simulation;

import dev.photofinish.race.Cause;
import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Timing;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.report.ReportMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A race against a described network, to be {@linkplain Replay replayed} on a virtual clock. Times
 * are nanoseconds: of answers and the cancel from the start of the race, of encounters from the
 * start of the attempt.
 *
 * @param name empty if it has none
 * @param answers what the resolver answers and when
 * @param network what the 1st, 2nd, ... attempt on an address meets; the last entry repeats
 * @param device models a connection-limited device instead of {@code network}
 * @param history what earlier races learnt of an address
 * @param cancelAt when the caller cancels, {@link Timing#NEVER} if never
 * @param expect what must come out, in the form of the report; null if the file does not say
 */
public record Scenario(
    String name,
    RaceOptions options,
    List<RaceReport.Answer> answers,
    Map<InetAddress, List<Encounter>> network,
    @Nullable Device device,
    Map<InetAddress, PathStats> history,
    long cancelAt,
    @Nullable Map<?, ?> expect) {

  /**
   * The encounter of one attempt with the network. Each time is {@link Timing#NEVER} when that does
   * not happen.
   *
   * @param connect established
   * @param ready the finish line; implies connect
   * @param fail fails with {@code cause}
   * @param closed the peer closes it
   */
  public record Encounter(long connect, long ready, long fail, Cause cause, long closed) {
    /** Ready {@code time} after the attempt's start, or silent for {@link Timing#NEVER}. */
    public static Encounter readyAfter(long time) {
      return new Encounter(Timing.NEVER, time, Timing.NEVER, Cause.TIMEOUT, Timing.NEVER);
    }

    static final Encounter SILENCE =
        new Encounter(Timing.NEVER, Timing.NEVER, Timing.NEVER, Cause.TIMEOUT, Timing.NEVER);
  }

  /** The policy of a limited device towards a connection over its limit. */
  public enum Policy {
    /** The oldest connection is closed at that instant. */
    DROP_OLDEST,
    /** The new connection is reset at that instant. */
    REJECT_NEW,
    /** The new connection stays unanswered. */
    SILENT
  }

  /**
   * A device that serves a limited number of connections.
   *
   * @param connect from the dial to the established connection
   * @param answer from there to the finish line, on a connection that is served
   */
  public record Device(int limit, Policy policy, long connect, long answer) {}

  /** Where {@code report} differs from what must come out: empty if it is as expected. */
  public List<String> differences(RaceReport report) {
    return expect == null ? List.of() : Expectation.differences(expect, ReportMap.of(report));
  }

  int endpoints() {
    return 1 + answers.stream().mapToInt(RaceReport.Answer::endpoint).max().orElse(-1);
  }

  static Candidate candidate(int endpoint, InetAddress address) {
    return new Candidate(endpoint, new InetSocketAddress(address, 0), null);
  }
}
