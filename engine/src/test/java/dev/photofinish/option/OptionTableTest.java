package dev.photofinish.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.retry.RetryOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table for Java, files, flags and the environment, and for faces that do not exist yet. */
final class OptionTableTest {

  /** Prints a type as a JSON schema does: all that it needs is in the table. */
  private static final class Schema implements OptionTypeReader<String> {
    @Override
    public String words(OptionType.Words<?> type) {
      return type.words().stream().collect(Collectors.joining("\", \"", "{\"enum\": [\"", "\"]}"));
    }

    @Override
    public String toggle() {
      return "{\"type\": \"boolean\"}";
    }

    @Override
    public String integer(OptionType.WholeNumber type) {
      return number("integer", type.min(), type.max());
    }

    @Override
    public String longInteger(OptionType.LongNumber type) {
      return number("integer", type.min(), type.max());
    }

    @Override
    public String decimal(OptionType.Decimal type) {
      return number("number", type.min(), type.max());
    }

    @Override
    public String duration(OptionType.Time type) {
      return type.inMillis()
          ? number("integer", type.min().toMillis(), type.max().toMillis())
          : "{\"type\": \"string\", \"format\": \"duration\", \"minimum\": \"%s\", \"maximum\": \"%s\"}"
              .formatted(type.min(), type.max());
    }

    @Override
    public String text(OptionType.Text<?> type) {
      return "{\"type\": \"string\"}";
    }

    @Override
    public String orWord(OptionType.OrWord<?> type) {
      return "{\"anyOf\": [%s, {\"const\": \"%s\"}]}"
          .formatted(type.type().describe(this), type.word());
    }

    private static String number(String kind, Number min, Number max) {
      return "{\"type\": \"%s\", \"minimum\": %s, \"maximum\": %s}".formatted(kind, min, max);
    }
  }

  private static String schema(OptionTable<?, ?> table) {
    return table.options().stream()
        .map(option -> "\"" + option.name() + "\": " + option.type().describe(new Schema()))
        .collect(Collectors.joining(",\n", "", "\n"));
  }

  @Test
  void aSchemaOfAllRaceOptionsIsInTheirTypes() {
    assertThat(schema(RaceOptions.OPTIONS))
        .isEqualTo(
            """
            "connection-racing": {"enum": ["none", "first-wins", "last-wins", "hybrid", "auto"]},
            "max-parallel-connections": {"type": "integer", "minimum": 1, "maximum": 16},
            "max-connected-attempts": {"type": "integer", "minimum": 1, "maximum": 16},
            "racing-delay-ms": {"anyOf": [{"type": "integer", "minimum": 10, "maximum": 2000}, \
            {"const": "auto"}]},
            "allow-short-delay": {"type": "boolean"},
            "racing-delay-multiplier": {"type": "number", "minimum": 1.0, "maximum": 10.0},
            "racing-timeout": {"type": "string", "format": "duration", "minimum": "PT0.001S", \
            "maximum": "PT1H"},
            "resolution-delay-ms": {"type": "integer", "minimum": 0, "maximum": 2000},
            "finish-line": {"anyOf": [{"enum": ["connect", "tls", "response", "media"]}, \
            {"const": "auto"}]},
            "redial": {"type": "boolean"},
            "renewal": {"type": "boolean"},
            "preferred-address-family-count": {"type": "integer", "minimum": 1, "maximum": 16},
            "interleave-endpoints": {"type": "boolean"},
            "history": {"type": "boolean"}
            """);
  }

  private static Stream<OptionTable<?, ?>> tables() {
    return Stream.of(RaceOptions.OPTIONS, RetryOptions.OPTIONS, DialLimiterOptions.OPTIONS);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theDefaultsOfATableAreWhatIsBuiltWithoutValues(OptionTable<?, ?> table) {
    Map<String, String> defaults =
        table.options().stream()
            .filter(option -> !option.name().equals("racing-timeout")) // that it was given counts
            .collect(Collectors.toMap(Option::name, Option::defaultValue));
    assertThat(table.read(defaults)).isEqualTo(table.read(Map.of()));
    assertThat(table.read(name -> Optional.ofNullable(defaults.get(name))))
        .isEqualTo(table.read(name -> Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aNameThatIsNotInATableIsAnErrorThatListsThem(OptionTable<?, ?> table) {
    assertThatThrownBy(() -> table.read(Map.of("speed", "1")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("speed: '1' is not valid; expected one of ")
        .hasMessageContaining(table.options().get(0).name());
  }

  @Test
  void rangesAreSaidInTheLargestUnit() {
    assertThat(OptionType.duration(Duration.ofMillis(10), Duration.ofHours(1)).expected())
        .isEqualTo("a duration from 10 ms to 1 h");
    assertThat(OptionType.duration(Duration.ZERO, Duration.ofMinutes(5)).expected())
        .isEqualTo("a duration from 0 to 5 min");
    assertThat(OptionType.duration(Duration.ofSeconds(1), Duration.ofSeconds(90)).expected())
        .isEqualTo("a duration from 1 s to 90 s");
    assertThat(OptionType.decimal(0.5, 10).expected()).isEqualTo("a number from 0.5 to 10");
    assertThat(OptionType.orWord(OptionType.integer(1, 3), "auto").expected())
        .isEqualTo("a whole number from 1 to 3, or auto");
  }

  @Test
  void aRangeThatZeroStandsBeside() {
    OptionType.Time type = OptionType.duration(Duration.ofSeconds(1), Duration.ofHours(1)).orZero();
    type.check("x", Duration.ZERO);
    assertThat(type.read("x", "0", "")).isZero();
    assertThatThrownBy(() -> type.check("x", Duration.ofMillis(999)))
        .hasMessage("x: '999 ms' is not valid; expected 0 or a duration from 1 s to 1 h");
  }
}
