package dev.photofinish.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionType;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.rtsp.client.Camera;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Tests that an editor completes what there is: the metadata and the setters follow the options.
 */
class MetadataTest {
  private final JsonNode metadata = read();

  private static JsonNode read() {
    try (InputStream file =
        MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Option<?>> cameraOptions() {
    List<Option<?>> options = new ArrayList<>();
    Camera.OPTIONS.forEach(table -> options.addAll(table.options()));
    return options;
  }

  static List<Option<?>> options() {
    List<Option<?>> options = cameraOptions();
    options.addAll(DialLimiterOptions.OPTIONS.options());
    return options;
  }

  private static Map<String, JsonNode> byName(JsonNode entries) {
    Map<String, JsonNode> byName = new TreeMap<>();
    entries.forEach(entry -> byName.put(entry.path("name").asText(), entry));
    return byName;
  }

  @ParameterizedTest
  @MethodSource("options")
  void anOptionIsDescribedInItsOwnWords(Option<?> option) {
    boolean isSwitch = option.type() == OptionType.toggle();
    String standard =
        isSwitch ? String.valueOf(option.defaultValue().equals("on")) : option.defaultValue();

    assertThat(byName(metadata.path("properties")))
        .hasEntrySatisfying(
            "photofinish." + option.name(),
            entry -> {
              assertThat(entry.path("type").asText())
                  .isEqualTo(isSwitch ? "java.lang.Boolean" : "java.lang.String");
              assertThat(entry.path("description").asText()).isEqualTo(option.description());
              assertThat(entry.path("defaultValue").asText()).isEqualTo(standard);
            });
    assertThat(hints(option)).isEqualTo(words(option.type()));
  }

  private List<String> hints(Option<?> option) {
    JsonNode hint = byName(metadata.path("hints")).get("photofinish." + option.name());
    List<String> values = new ArrayList<>();
    if (hint != null) {
      hint.path("values").forEach(value -> values.add(value.path("value").asText()));
    }
    return values;
  }

  private static List<String> words(OptionType<?> type) {
    if (type instanceof OptionType.Words<?> words) {
      return words.words();
    }
    return type instanceof OptionType.OrWord<?> or
        ? Stream.concat(words(or.type()).stream(), Stream.of(or.word())).toList()
        : List.of();
  }

  /** An editor completes the options of a camera by the setters of its class. */
  @ParameterizedTest
  @MethodSource("cameraOptions")
  void aCameraTakesEveryOption(Option<?> option) {
    String name = option.name();
    CameraProperties camera =
        new Binder(new MapConfigurationPropertySource(Map.of("camera." + name, "some text")))
            .bind("camera", CameraProperties.class)
            .get();

    assertThat(camera.option(name)).contains("some text");
  }

  @Test
  void nothingElseIsDescribed() {
    List<String> known =
        new ArrayList<>(options().stream().map(o -> "photofinish." + o.name()).toList());
    known.addAll(
        List.of(
            "photofinish.enabled",
            "photofinish.auto-startup",
            "photofinish.cameras",
            "photofinish.user",
            "photofinish.password",
            "photofinish.tls-insecure",
            "photofinish.history-file",
            "management.health.cameras.enabled"));

    assertThat(byName(metadata.path("properties")).keySet())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  /** So that a report of the configuration has nothing to show. */
  @Test
  void propertiesCannotBeReadByOthers() {
    assertThat(
            Stream.of(
                    CameraOptionProperties.class,
                    CameraProperties.class,
                    PhotofinishProperties.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(
                    method -> method.getDeclaringClass().getName().startsWith("dev.photofinish"))
                .map(Method::getName))
        .allMatch(name -> name.startsWith("set"));
  }
}
