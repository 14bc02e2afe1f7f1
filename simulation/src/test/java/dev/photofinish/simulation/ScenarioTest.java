package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Via;
import dev.photofinish.race.report.ReportMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenario files: what is refused, what a wrong expectation says, and the report's own form. */
class ScenarioTest {
  private static final String CAMERA = "192.0.2.1";
  private static final Map<String, Object> READY_AT_20 =
      Map.of(
          "candidates", List.of(CAMERA), "network", Map.of(CAMERA, List.of(Map.of("ready", 20))));

  /** A check that cannot fail would pass every scenario. */
  @ParameterizedTest
  @MethodSource("wrongExpectations")
  void saysWhatIsNotAsExpected(Map<String, ?> expect, String difference) {
    Scenario scenario = ScenarioReader.read(with("expect", expect));

    assertThat(scenario.differences(Replay.run(scenario))).containsExactly(difference);
  }

  static List<Arguments> wrongExpectations() {
    return List.of(
        Arguments.of(Map.of("result", "failed"), "result: expected failed, got won"),
        Arguments.of(Map.of("decidedAt", 21), "decidedAt: expected 21, got 20"),
        Arguments.of(Map.of("winner", Map.of("attempt", 2)), "winner.attempt: expected 2, got 1"),
        Arguments.of(Map.of("attempts", List.of()), "attempts: expected 0 entries, got 1"),
        Arguments.of(
            Map.of("attempts", List.of(Map.of("outcome", "failed"))),
            "attempts[0].outcome: expected failed, got won"));
  }

  @Test
  void numbersAreComparedByValue() {
    Scenario scenario = ScenarioReader.read(with("expect", Map.of("decidedAt", 20.0)));

    assertThat(scenario.differences(Replay.run(scenario))).isEmpty();
  }

  @Test
  void withoutExpectationNothingDiffers() {
    Scenario scenario = ScenarioReader.read(READY_AT_20);

    assertThat(scenario.expect()).isNull();
    assertThat(scenario.differences(Replay.run(scenario))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("badScenarios")
  void refusesWithThePlace(Map<?, ?> scenario, String message) {
    assertThatThrownBy(() -> ScenarioReader.read(scenario))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(message);
  }

  static List<Arguments> badScenarios() {
    Map<String, Object> device = Map.of("limit", 1, "policy", "silent", "connect", 2, "answer", 30);
    return List.of(
        Arguments.of(with("netwrok", 1), "scenario: 'netwrok' is not valid; expected only"),
        Arguments.of(without("network"), "network: 'missing' is not valid; expected either"),
        Arguments.of(with("device", device), "network: 'beside device' is not valid"),
        Arguments.of(without("candidates"), "candidates: 'missing' is not valid"),
        Arguments.of(with("resolution", List.of()), "candidates: 'beside resolution' is not"),
        Arguments.of(with("candidates", "x"), "candidates: 'x' is not valid; expected a list"),
        Arguments.of(
            with("candidates", List.of("camera")),
            "candidates[0]: 'camera' is not valid; expected a numeric address"),
        Arguments.of(with("cancel-at", -1), "cancel-at: '-1' is not valid; expected milliseconds"),
        Arguments.of(with("cancel-at", 86_400_001), "cancel-at: '86400001' is not valid"),
        Arguments.of(with("cancel-at", "soon"), "cancel-at: 'soon' is not valid"),
        Arguments.of(with("expect", 1), "expect: '1' is not valid; expected an object"),
        Arguments.of(with("history", List.of()), "history: '[]' is not valid; expected an object"),
        Arguments.of(
            with("history", Map.of("camera", Map.of("smoothed", 1, "deviation", 1))),
            "history[\"camera\"]: 'camera' is not valid; expected a numeric address"),
        Arguments.of(learnt(20), "history[\"192.0.2.1\"]: '20' is not valid; expected an object"),
        Arguments.of(
            learnt(Map.of("smoothed", 1)), "history[\"192.0.2.1\"].deviation: 'missing' is not"),
        Arguments.of(
            learnt(Map.of("deviation", 1)), "history[\"192.0.2.1\"].smoothed: 'missing' is not"),
        Arguments.of(
            learnt(Map.of("smoothed", -1, "deviation", 1)),
            "history[\"192.0.2.1\"].smoothed: '-1' is not valid; expected milliseconds"),
        Arguments.of(
            learnt(Map.of("smoothed", 1, "deviation", "x")),
            "[\"192.0.2.1\"].deviation: 'x' is not"),
        Arguments.of(
            learnt(Map.of("smoothed", 1, "deviation", 1, "percentile95", 86_400_001)),
            "history[\"192.0.2.1\"].percentile95: '86400001' is not valid"),
        Arguments.of(
            learnt(Map.of("smoothed", 1, "deviation", 1, "rtt", 1)),
            "history[\"192.0.2.1\"]: 'rtt' is not valid; expected only"),
        Arguments.of(met(Map.of("raedy", 1)), "network[\"192.0.2.1\"][0]: 'raedy' is not valid"),
        Arguments.of(met(Map.of("ready", true)), "network[\"192.0.2.1\"][0].ready: 'true'"),
        Arguments.of(met(Map.of("fail", 1)), "network[\"192.0.2.1\"][0]: 'fail' is not valid"),
        Arguments.of(met(Map.of("cause", "reset")), "[0]: 'cause' is not valid; expected fail"),
        Arguments.of(met(Map.of("fail", 1, "cause", "bored")), "[0].cause: 'bored' is not valid"),
        Arguments.of(with("network", Map.of(CAMERA, List.of())), "expected at least one entry"),
        Arguments.of(limited("limit", 0), "device.limit: '0' is not valid; expected a whole"),
        Arguments.of(limited("policy", "shrug"), "device.policy: 'shrug' is not valid"),
        Arguments.of(limited("answers", 1), "device: 'answers' is not valid; expected only"),
        Arguments.of(limited("answer", "late"), "device.answer: 'late' is not valid"),
        Arguments.of(
            resolved(Map.of("at", 1, "family", "ipv6", "addresses", List.of(CAMERA))),
            "resolution[0].addresses[0]: '192.0.2.1' is not valid; expected an ipv6 address"),
        Arguments.of(
            resolved(Map.of("family", "ipv6", "addresses", List.of())),
            "resolution[0].at: 'missing' is not valid"),
        Arguments.of(
            resolved(Map.of("at", 1, "family", "ipx", "addresses", List.of())),
            "resolution[0].family: 'ipx' is not valid; expected one of ipv6, ipv4"),
        Arguments.of(
            resolved(Map.of("at", 1, "famly", "ipv6")), "resolution[0]: 'famly' is not valid"));
  }

  @Test
  void theLongestTimeIsADay() {
    assertThat(ScenarioReader.read(with("cancel-at", 86_400_000)).cancelAt())
        .isEqualTo(86_400_000L * 1_000_000);
  }

  /** What cannot happen any more is dropped: the file's device closes, we close, the race ends. */
  @Test
  void everyConnectionOfADeviceEndsOnce() {
    Map<String, Object> file =
        Map.of(
            "options", Map.of("connection-racing", "last-wins"),
            "candidates", List.of(CAMERA),
            "device", Map.of("limit", 1, "policy", "drop-oldest", "connect", 2, "answer", 400));

    assertThat(Replay.run(ScenarioReader.read(file)).attempts())
        .extracting(RaceReport.Attempt::outcome)
        .containsExactly(Outcome.EVICTED, Outcome.EVICTED, Outcome.WON);
  }

  @Test
  void theReportHasTheContractsFields() {
    Map<String, Object> map = ReportMap.of(Replay.run(ScenarioReader.read(READY_AT_20)));

    assertThat(map).containsOnlyKeys("strategy", "result", "winner", "decidedAt", "attempts");
    assertThat(map)
        .containsEntry("strategy", "none")
        .containsEntry("result", "won")
        .containsEntry("decidedAt", 20L)
        .containsEntry("winner", Map.of("attempt", 1, "address", CAMERA));
    Map<String, Object> attempt = new HashMap<>();
    attempt.put("attempt", 1);
    attempt.put("address", CAMERA);
    attempt.put("start", 0L);
    attempt.put("connected", 20L);
    attempt.put("ready", 20L);
    attempt.put("end", 20L);
    attempt.put("outcome", "won");
    attempt.put("cause", null);
    assertThat(map.get("attempts")).isEqualTo(List.of(attempt));
  }

  @Test
  void resolutionIsReportedWhenItTookTime() {
    Map<?, ?> file = resolved(Map.of("at", 5, "family", "ipv4", "addresses", List.of(CAMERA)));

    assertThat(ReportMap.of(Replay.run(ScenarioReader.read(file))).get("resolution"))
        .isEqualTo(List.of(Map.of("at", 5L, "family", "ipv4", "addresses", List.of(CAMERA))));
  }

  /** A live race has ports, local addresses, fractions of milliseconds and details. */
  @Test
  void aLiveReportSaysMore() {
    InetAddress local = Addresses.parse("192.0.2.9");
    Candidate candidate =
        new Candidate(
            0,
            new InetSocketAddress(Addresses.parse("2001:db8::1"), 554),
            new Via(local, "eth0", 0, "camera.example:554"));
    RaceReport.Attempt failed =
        new RaceReport.Attempt(
            1,
            candidate,
            0,
            -1,
            -1,
            1_500_000,
            Stage.STARTED,
            Outcome.FAILED,
            Cause.REFUSED,
            "why");
    RaceReport report =
        new RaceReport(
            "camera",
            Strategy.FIRST_WINS,
            RaceOptions.defaults(),
            List.of(),
            List.of(failed),
            Result.FAILED,
            null,
            1_500_000);

    Map<String, Object> attempt = new HashMap<>();
    attempt.put("attempt", 1);
    attempt.put("address", "2001:db8::1");
    attempt.put("port", 554);
    attempt.put("local", "192.0.2.9");
    attempt.put("interface", "eth0");
    attempt.put("tunnel", "camera.example:554");
    attempt.put("start", 0L);
    attempt.put("connected", null);
    attempt.put("ready", null);
    attempt.put("end", 1.5);
    attempt.put("outcome", "failed");
    attempt.put("cause", "refused");
    attempt.put("detail", "why");
    assertThat(ReportMap.of(report).get("attempts")).isEqualTo(List.of(attempt));
    assertThat(ReportMap.of(report)).containsEntry("winner", null).containsEntry("decidedAt", 1.5);
    assertThat(candidate)
        .hasToString("[2001:db8::1]:554 from 192.0.2.9 (eth0) for camera.example:554");
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> map = new HashMap<>(READY_AT_20);
    map.put(key, value);
    return map;
  }

  private static Map<String, Object> without(String key) {
    Map<String, Object> map = new HashMap<>(READY_AT_20);
    map.remove(key);
    return map;
  }

  private static Map<String, Object> met(Map<String, ?> encounter) {
    return with("network", Map.of(CAMERA, List.of(encounter)));
  }

  private static Map<String, Object> learnt(Object experience) {
    return with("history", Map.of(CAMERA, experience));
  }

  private static Map<String, Object> resolved(Map<String, ?> answer) {
    Map<String, Object> map = without("candidates");
    map.put("resolution", List.of(answer));
    return map;
  }

  private static Map<String, Object> limited(String key, Object value) {
    Map<String, Object> device = new HashMap<>();
    device.put("limit", 1);
    device.put("policy", "silent");
    device.put("connect", 2);
    device.put("answer", 30);
    device.put(key, value);
    Map<String, Object> map = without("network");
    map.put("device", device);
    return map;
  }
}
