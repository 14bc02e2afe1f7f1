package dev.photofinish.race.report;

import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link RaceReport} as plain maps, lists, texts and numbers, for any JSON writer. */
public final class ReportMap {
  private static final long MILLI = 1_000_000;

  private ReportMap() {}

  /**
   * The report with the field names of the JSON; times are milliseconds, whole where they are
   * whole.
   */
  public static Map<String, Object> of(RaceReport report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("strategy", Option.word(report.strategy()));
    putWord(map, "result", report.result());
    map.put("winner", report.winner() == null ? null : winner(report.winner()));
    map.put("decidedAt", millis(report.decidedAt()));
    map.put("attempts", report.attempts().stream().map(ReportMap::attempt).toList());
    if (report.answers().stream().anyMatch(answer -> answer.at() > 0)) {
      map.put("resolution", report.answers().stream().map(ReportMap::answer).toList());
    }
    if (report.queuedFor() > 0) {
      map.put("queued", millis(report.queuedFor()));
    }
    if (!report.throttled().isEmpty()) {
      map.put("withheld", report.throttled().stream().map(ReportMap::throttled).toList());
    }
    return map;
  }

  private static Map<String, Object> throttled(RaceReport.Throttled throttled) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("attempt", throttled.attempt());
    map.put("at", millis(throttled.at()));
    map.put("until", millis(throttled.until()));
    map.put("reason", Option.word(throttled.reason()));
    return map;
  }

  /**
   * Milliseconds as a whole number where they are whole, else with a fraction; null for not yet.
   */
  static @Nullable Number millis(long nanos) {
    if (nanos < 0) {
      return null;
    }
    return nanos % MILLI == 0 ? (Number) (nanos / MILLI) : (Number) (nanos / (double) MILLI);
  }

  private static Map<String, Object> winner(RaceReport.Attempt winner) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("attempt", winner.number());
    putAddress(map, winner.candidate());
    return map;
  }

  private static Map<String, Object> attempt(RaceReport.Attempt attempt) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("attempt", attempt.number());
    putAddress(map, attempt.candidate());
    map.put("start", millis(attempt.start()));
    map.put("connected", millis(attempt.connected()));
    map.put("ready", millis(attempt.ready()));
    map.put("end", millis(attempt.end()));
    putWord(map, "outcome", attempt.outcome());
    putWord(map, "cause", attempt.cause());
    if (attempt.detail() != null) {
      map.put("detail", attempt.detail());
    }
    return map;
  }

  private static Map<String, Object> answer(RaceReport.Answer answer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", millis(answer.at()));
    map.put("family", Option.word(answer.family()));
    map.put("addresses", answer.candidates().stream().map(ReportMap::address).toList());
    return map;
  }

  private static void putAddress(Map<String, Object> map, Candidate candidate) {
    map.put("address", address(candidate));
    if (candidate.remote().getPort() != 0) {
      map.put("port", candidate.remote().getPort());
    }
    if (candidate.via() != null) {
      putVia(map, candidate.via());
    }
  }

  private static void putVia(Map<String, Object> map, Via via) {
    if (via.local() != null) {
      map.put("local", Addresses.text(via.local()));
    }
    if (via.networkInterface() != null) {
      map.put("interface", via.networkInterface());
    }
    if (via.tunnel() != null) {
      map.put("tunnel", via.tunnel());
    }
  }

  private static String address(Candidate candidate) {
    return Addresses.text(candidate.remote().getAddress());
  }

  private static void putWord(Map<String, Object> map, String key, @Nullable Enum<?> word) {
    map.put(key, word == null ? null : Option.word(word));
  }
}
