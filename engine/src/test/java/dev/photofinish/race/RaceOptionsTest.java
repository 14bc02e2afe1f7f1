package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The builder, maps, properties and text give the same object and the same messages. */
final class RaceOptionsTest {

  @Test
  void theDefaultsAreTheContracts() {
    assertThat(RaceOptions.defaults())
        .isEqualTo(
            new RaceOptions(
                Strategy.NONE,
                3,
                16,
                Duration.ofMillis(250),
                false,
                false,
                1,
                Duration.ofSeconds(5),
                false,
                Duration.ofMillis(50),
                null,
                true,
                true,
                1,
                false,
                true));
  }

  @Test
  void theDefaultTextsGiveTheDefaults() {
    RaceOptions.Builder builder = RaceOptions.builder();
    RaceOptions.OPTIONS.forEach(option -> option.setter().accept(builder, option.defaultValue()));
    assertThat(builder.build())
        .isEqualTo(RaceOptions.builder().racingTimeout(Duration.ofSeconds(5)).build());
  }

  /** A user who writes the default down wants no race to have more. */
  @Test
  void aRacingTimeoutThatIsTheDefaultIsGivenToo() {
    assertThat(RaceOptions.defaults().racingTimeoutGiven()).isFalse();
    RaceOptions given = RaceOptions.of(Map.of("racing-timeout", "5s"));
    assertThat(given.racingTimeoutGiven()).isTrue();
    assertThat(given.toBuilder().redial(false).build().racingTimeoutGiven()).isTrue();
  }

  @Test
  void everyOptionIsInTheTableOnce() {
    assertThat(RaceOptions.OPTIONS)
        .extracting(Option::name)
        .containsExactly(
            "connection-racing",
            "max-parallel-connections",
            "max-connected-attempts",
            "racing-delay-ms",
            "allow-short-delay",
            "racing-delay-multiplier",
            "racing-timeout",
            "resolution-delay-ms",
            "finish-line",
            "redial",
            "renewal",
            "preferred-address-family-count",
            "interleave-endpoints",
            "history");
    assertThat(RaceOptions.OPTIONS).allSatisfy(o -> assertThat(o.description()).isNotBlank());
  }

  private static Map<String, String> other() {
    Map<String, String> other = new LinkedHashMap<>();
    other.put("connection-racing", "last-wins");
    other.put("max-parallel-connections", "7");
    other.put("max-connected-attempts", "2");
    other.put("racing-delay-ms", "20");
    other.put("allow-short-delay", "on");
    other.put("racing-delay-multiplier", "1.5");
    other.put("racing-timeout", "3s");
    other.put("resolution-delay-ms", "60");
    other.put("finish-line", "media");
    other.put("redial", "off");
    other.put("renewal", "off");
    other.put("preferred-address-family-count", "2");
    other.put("interleave-endpoints", "on");
    other.put("history", "off");
    return other;
  }

  private static RaceOptions.Builder otherBuilder() {
    return RaceOptions.builder()
        .connectionRacing(Strategy.LAST_WINS)
        .maxParallelConnections(7)
        .maxConnectedAttempts(2)
        .racingDelay(Duration.ofMillis(20))
        .allowShortDelay(true)
        .racingDelayMultiplier(1.5)
        .racingTimeout(Duration.ofSeconds(3))
        .resolutionDelay(Duration.ofMillis(60))
        .finishLine(FinishLine.MEDIA)
        .redial(false)
        .renewal(false)
        .preferredAddressFamilyCount(2)
        .interleaveEndpoints(true)
        .history(false);
  }

  @Test
  void builderMapAndPropertiesGiveTheSameObject() {
    Properties properties = new Properties();
    properties.putAll(other());
    assertThat(RaceOptions.of(other())).isEqualTo(otherBuilder().build());
    assertThat(RaceOptions.of(properties)).isEqualTo(otherBuilder().build());
  }

  @Test
  void mapsMayHoldNumbersAndSwitches() {
    assertThat(RaceOptions.of(Map.of("max-parallel-connections", 7, "redial", false)))
        .isEqualTo(RaceOptions.builder().maxParallelConnections(7).redial(false).build());
  }

  @Test
  void theOrderOfTheEntriesDoesNotMatter() {
    Map<String, String> shortDelayFirst = new LinkedHashMap<>();
    shortDelayFirst.put("racing-delay-ms", "10");
    shortDelayFirst.put("allow-short-delay", "true");
    assertThat(RaceOptions.of(shortDelayFirst).racingDelay()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void aBuilderOfOptionsGivesThemBack() {
    assertThat(otherBuilder().build().toBuilder().build()).isEqualTo(otherBuilder().build());
    RaceOptions auto = RaceOptions.builder().racingDelayAuto().build();
    assertThat(auto.toBuilder().build()).isEqualTo(auto);
  }

  @Test
  void autoDelayIsTwoHundredAndFiftyWithoutHistory() {
    RaceOptions auto = RaceOptions.of(Map.of("racing-delay-ms", "auto"));
    assertThat(auto.racingDelayAuto()).isTrue();
    assertThat(auto.racingDelay()).isEqualTo(Duration.ofMillis(250));
    assertThat(auto.toBuilder().racingDelay(Duration.ofMillis(100)).build().racingDelayAuto())
        .isFalse();
  }

  @Test
  void autoFinishLineIsTheProtocolsOwn() {
    assertThat(RaceOptions.of(Map.of("finish-line", "auto")).finishLine()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connection-racing | fastest | one of none, first-wins, last-wins, hybrid, auto",
        "max-parallel-connections | 0 | a whole number from 1 to 16",
        "max-parallel-connections | 17 | a whole number from 1 to 16",
        "max-parallel-connections | two | a whole number from 1 to 16",
        "max-parallel-connections | 99999999999 | a whole number from 1 to 16",
        "racing-delay-multiplier | 0.99 | a number from 1 to 10",
        "racing-delay-multiplier | 10.01 | a number from 1 to 10",
        "racing-delay-multiplier | NaN | a number from 1 to 10",
        "racing-delay-multiplier | x | a number from 1 to 10",
        "finish-line | goal | one of connect, tls, response, media",
        "redial | maybe | on or off",
        "renewal | 1 | on or off",
        "allow-short-delay | yes | on or off",
        "preferred-address-family-count | 0 | a whole number from 1 to 16",
        "preferred-address-family-count | 17 | a whole number from 1 to 16",
        "interleave-endpoints | '' | on or off"
      })
  void aWrongValueNamesTheOptionTheValueAndTheRange(String name, String value, String expected) {
    assertThatThrownBy(() -> RaceOptions.of(Map.of(name, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "racing-delay-ms, 99",
    "racing-delay-ms, 2001",
    "racing-delay-ms, -1",
    "racing-delay-ms, 250ms",
    "racing-delay-ms, often",
    "racing-timeout, 0",
    "racing-timeout, 3601s",
    "racing-timeout, -5s",
    "racing-timeout, 5",
    "racing-timeout, 99999999999999h",
    "resolution-delay-ms, -1",
    "resolution-delay-ms, 2001",
    "racing-speed, 1"
  })
  void isNotValid(String name, String value) {
    assertThatThrownBy(() -> RaceOptions.of(Map.of(name, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(name + ": '")
        .hasMessageContaining(" is not valid; expected ")
        .extracting(e -> ((InvalidOptionException) e).option())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "max-parallel-connections, 1",
    "max-parallel-connections, 16",
    "racing-delay-ms, 100",
    "racing-delay-ms, 2000",
    "racing-delay-multiplier, 1",
    "racing-delay-multiplier, 10",
    "racing-timeout, 1ms",
    "racing-timeout, 1h",
    "racing-timeout, 60 min",
    "resolution-delay-ms, 0",
    "resolution-delay-ms, 2000",
    "preferred-address-family-count, 16",
    "connection-racing, FIRST-WINS",
    "redial, TRUE"
  })
  void isValid(String name, String value) {
    assertThat(RaceOptions.of(Map.of(name, value))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "99, true", "100, true"})
  void shortDelaysNeedTheirPermission(int delay, boolean valid) {
    Map<String, Object> options = Map.of("racing-delay-ms", delay, "allow-short-delay", "on");
    if (valid) {
      assertThat(RaceOptions.of(options).racingDelay()).isEqualTo(Duration.ofMillis(delay));
    } else {
      assertThatThrownBy(() -> RaceOptions.of(options)).isInstanceOf(InvalidOptionException.class);
    }
  }

  @Test
  void theBuilderFailsWithTheWordsOfTheText() {
    expectSame(b -> b.maxParallelConnections(17), "max-parallel-connections", "17");
    expectSame(b -> b.maxConnectedAttempts(0), "max-connected-attempts", "0");
    expectSame(b -> b.racingDelay(Duration.ofMillis(99)), "racing-delay-ms", "99");
    expectSame(b -> b.racingDelayMultiplier(0.5), "racing-delay-multiplier", "0.5");
    expectSame(b -> b.racingTimeout(Duration.ofHours(2)), "racing-timeout", "2h");
    expectSame(b -> b.resolutionDelay(Duration.ofSeconds(3)), "resolution-delay-ms", "3000");
    expectSame(b -> b.preferredAddressFamilyCount(0), "preferred-address-family-count", "0");
  }

  private static void expectSame(
      UnaryOperator<RaceOptions.Builder> setter, String name, String text) {
    assertThat(messageOf(() -> setter.apply(RaceOptions.builder()).build()))
        .isEqualTo(messageOf(() -> RaceOptions.of(Map.of(name, text))));
  }

  private static String messageOf(ThrowableAssert.ThrowingCallable wrong) {
    return String.valueOf(catchThrowableOfType(InvalidOptionException.class, wrong).getMessage());
  }

  @Test
  void durationsHaveUnits() {
    assertThat(Option.parseDuration("x", "500ms", "")).isEqualTo(Duration.ofMillis(500));
    assertThat(Option.parseDuration("x", "5s", "")).isEqualTo(Duration.ofSeconds(5));
    assertThat(Option.parseDuration("x", "5 m", "")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Option.parseDuration("x", "5min", "")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Option.parseDuration("x", "2h", "")).isEqualTo(Duration.ofHours(2));
    assertThat(Option.parseDuration("x", "0", "")).isZero();
  }

  @Test
  void blanksAroundAValueAreNotPartOfIt() {
    assertThat(RaceOptions.of(Map.of("racing-timeout", " 7s "))).isNotNull();
  }
}
