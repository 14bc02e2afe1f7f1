package dev.photofinish.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryOptionsTest {

  @Test
  void theDefaultsAreTheContracts() {
    assertThat(RetryOptions.defaults())
        .isEqualTo(
            new RetryOptions(
                RetryStrategy.AUTO,
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                null,
                Duration.ofSeconds(10)));
  }

  @Test
  void theDefaultTextsGiveTheDefaults() {
    RetryOptions.Builder builder = RetryOptions.builder();
    for (Option<RetryOptions.Builder> option : RetryOptions.OPTIONS) {
      option.setter().accept(builder, option.defaultValue());
    }
    assertThat(builder.build()).isEqualTo(RetryOptions.defaults());
  }

  @Test
  void everyOptionIsInTheTableOnce() {
    assertThat(RetryOptions.OPTIONS)
        .extracting(Option::name)
        .containsExactly(
            "retry-strategy",
            "initial-retry-delay",
            "linear-retry-step",
            "reconnection-timeout",
            "max-reconnection-attempts",
            "stable-after");
  }

  @Test
  void builderMapAndPropertiesGiveTheSameObject() {
    Properties properties = new Properties();
    properties.setProperty("retry-strategy", "exponential");
    properties.setProperty("initial-retry-delay", "100ms");
    properties.setProperty("linear-retry-step", "2s");
    properties.setProperty("reconnection-timeout", "1min");
    properties.setProperty("max-reconnection-attempts", "-1");
    properties.setProperty("stable-after", "5s");
    RetryOptions built =
        RetryOptions.builder()
            .retryStrategy(RetryStrategy.EXPONENTIAL)
            .initialRetryDelay(Duration.ofMillis(100))
            .linearRetryStep(Duration.ofSeconds(2))
            .reconnectionTimeout(Duration.ofMinutes(1))
            .maxReconnectionAttempts(-1)
            .stableAfter(Duration.ofSeconds(5))
            .build();
    assertThat(RetryOptions.of(properties)).isEqualTo(built);
    assertThat(RetryOptions.of(Map.copyOf(properties))).isEqualTo(built);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initial-retry-delay | 9ms | initial-retry-delay: '9 ms' is not valid; expected a duration from 10 ms to 1 h",
        "initial-retry-delay | 3601s | initial-retry-delay: '3601000 ms' is not valid; expected a duration from 10 ms to 1 h",
        "linear-retry-step | -1ms | linear-retry-step: '-1 ms' is not valid; expected a duration from 0 to 1 h",
        "reconnection-timeout | 249ms | reconnection-timeout: '249 ms' is not valid; expected a duration from initial-retry-delay to 24 h",
        "reconnection-timeout | 25h | reconnection-timeout: '90000000 ms' is not valid; expected a duration from initial-retry-delay to 24 h",
        "reconnection-timeout | soon | reconnection-timeout: 'soon' is not valid; expected a duration from initial-retry-delay to 24 h with a unit, such as 500ms or 5s",
        "max-reconnection-attempts | -2 | max-reconnection-attempts: '-2' is not valid; expected a whole number from 0 to 1000000, -1 for ever, or auto (5 until media has come once, for ever after that)",
        "max-reconnection-attempts | 1000001 | max-reconnection-attempts: '1000001' is not valid; expected a whole number from 0 to 1000000, -1 for ever, or auto (5 until media has come once, for ever after that)",
        "max-reconnection-attempts | many | max-reconnection-attempts: 'many' is not valid; expected a whole number from 0 to 1000000, -1 for ever, or auto (5 until media has come once, for ever after that)",
        "stable-after | 61min | stable-after: '3660000 ms' is not valid; expected a duration from 0 to 1 h",
        "retry-strategy | often | retry-strategy: 'often' is not valid; expected one of none, immediate, linear, exponential, exponential-jitter, auto",
        "retries | 3 | retries: '3' is not valid; expected one of retry-strategy, initial-retry-delay, linear-retry-step, reconnection-timeout, max-reconnection-attempts, stable-after"
      })
  void aWrongValueNamesTheOptionTheValueAndTheRange(String name, String value, String message) {
    assertThatThrownBy(() -> RetryOptions.of(Map.of(name, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(message)
        .extracting(e -> ((InvalidOptionException) e).option())
        .isEqualTo(name);
  }

  @Test
  void theBuilderFailsWithTheSameWords() {
    expectSame(b -> b.initialRetryDelay(Duration.ofMillis(9)), "initial-retry-delay", "9ms");
    expectSame(b -> b.linearRetryStep(Duration.ofHours(2)), "linear-retry-step", "2h");
    expectSame(b -> b.reconnectionTimeout(Duration.ofDays(2)), "reconnection-timeout", "48h");
    expectSame(b -> b.maxReconnectionAttempts(-2), "max-reconnection-attempts", "-2");
    expectSame(b -> b.stableAfter(Duration.ofMillis(-1)), "stable-after", "-1ms");
  }

  private static void expectSame(
      UnaryOperator<RetryOptions.Builder> setter, String name, String text) {
    assertThat(messageOf(() -> setter.apply(RetryOptions.builder()).build()))
        .isEqualTo(messageOf(() -> RetryOptions.of(Map.of(name, text))));
  }

  private static String messageOf(ThrowableAssert.ThrowingCallable wrong) {
    return String.valueOf(catchThrowableOfType(InvalidOptionException.class, wrong).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "initial-retry-delay, 10ms",
    "linear-retry-step, 0",
    "linear-retry-step, 1h",
    "reconnection-timeout, 250ms",
    "reconnection-timeout, 24h",
    "max-reconnection-attempts, 0",
    "max-reconnection-attempts, 1000000",
    "stable-after, 0",
    "stable-after, 1h"
  })
  void theEndsOfTheRangesAreIn(String name, String value) {
    assertThat(RetryOptions.of(Map.of(name, value))).isNotNull();
  }

  @Test
  void theCapIsComparedWithTheInitialDelayGiven() {
    assertThat(
            RetryOptions.of(Map.of("initial-retry-delay", "1h", "reconnection-timeout", "1h"))
                .reconnectionTimeout())
        .isEqualTo(Duration.ofHours(1));
    assertThatThrownBy(() -> RetryOptions.of(Map.of("initial-retry-delay", "1h")))
        .hasMessageStartingWith("reconnection-timeout: '30000 ms'");
  }

  @Test
  void autoAttemptsComeBackAfterANumber() {
    assertThat(RetryOptions.of(Map.of("max-reconnection-attempts", "auto")))
        .isEqualTo(RetryOptions.defaults());
  }
}
