package dev.photofinish.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;

/** Properties that cannot be, and the sentence that says so. */
@Timeout(120)
class WrongPropertiesTest {
  private static final Origin FILE =
      new Origin() {
        @Override
        public String toString() {
          return "application.yml - 7:25";
        }
      };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PhotofinishAutoConfiguration.class))
          .withPropertyValues("photofinish.auto-startup=false");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          photofinish.cameras.door.connection-racing=fast | photofinish.cameras.door.connection-racing: 'fast' is not valid; expected one of none, first-wins, last-wins, hybrid, auto
          photofinish.connection-racing=fast              | photofinish.connection-racing: 'fast' is not valid; expected one of none, first-wins, last-wins, hybrid, auto
          photofinish.cameras.door.stall-timeout=10       | photofinish.cameras.door.stall-timeout: '10' is not valid; expected 0 or a duration from 1 s to 1 h with a unit, such as 500ms or 5s
          photofinish.cameras.door.tls-insecure=perhaps   | photofinish.cameras.door.tls-insecure: 'perhaps' is not valid; expected on or off
          photofinish.cameras.door.url=http://me:hunter2@h | photofinish.cameras.door.url: 'http://***@h' is not valid; expected rtsp://host
          photofinish.cameras.yard.user=me                | photofinish.cameras.yard.url: there is none; expected an address such as rtsp://host/path
          photofinish.max-dials=0                         | photofinish.max-dials: '0' is not valid; expected a whole number from 1 to 1000000
          photofinish.proxy=ftp://me:hunter2@h:1          | photofinish.proxy: '
          """)
  void aWrongValueIsNamedWithTheWholeProperty(String property, String message) {
    runner
        .withPropertyValues("photofinish.cameras.door.url=rtsp://h/", property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .satisfies(
                        cause ->
                            assertThat(invalid(context.getStartupFailure()))
                                .hasMessageStartingWith(message)
                                .hasMessageNotContaining("hunter2")));
  }

  private static Throwable invalid(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof InvalidCameraPropertyException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Test
  void aWrongValueIsShownWithItsPlaceInTheFile() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new OriginTrackedMapPropertySource(
                "file", Map.of("photofinish.cameras.door.url", OriginTrackedValue.of("x", FILE))));
    FailureAnalysis analysis =
        new InvalidPropertyAnalyzer(environment)
            .analyze(
                new InvalidCameraPropertyException("photofinish.cameras.door.url", "is wrong"));

    assertThat(analysis.getDescription()).isEqualTo("photofinish.cameras.door.url: is wrong");
    assertThat(analysis.getAction())
        .isEqualTo("Correct photofinish.cameras.door.url in application.yml - 7:25.");
  }

  /** Spring Boot's own analyzer would show the value. */
  @Test
  void aMisspeltPasswordIsNamedAndNotShown() {
    runner
        .withPropertyValues(
            "photofinish.cameras.door.url=rtsp://h/", "photofinish.cameras.door.pasword=hunter2")
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              FailureAnalysis analysis = new UnknownPropertyAnalyzer().analyze(failure);
              assertThat(analysis.getDescription())
                  .startsWith("photofinish.cameras.door.pasword")
                  .contains("not known; expected url, user, password")
                  .doesNotContain("hunter2");
              assertThat(failure)
                  .hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
                  .hasStackTraceContaining("pasword")
                  .satisfies(f -> assertThat(f.toString()).doesNotContain("hunter2"));
            });
  }

  /** Spring Boot's own analyzer would show the value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "photofinish.cameras= | photofinish.cameras: is not valid; expected the names of cameras",
        "photofinish.cameras=rtsp://me:hunter2@h/ | photofinish.cameras: is not valid; expected the",
        "photofinish.auto-startup=hunter2 | photofinish.auto-startup: is not valid; expected true",
      })
  void aValueOfTheWrongKindIsNamedAndNotShown(String property, String message) {
    runner
        .withPropertyValues(property)
        .run(
            context -> {
              FailureAnalysis analysis =
                  new WrongShapeAnalyzer().analyze(context.getStartupFailure());
              assertThat(analysis.getDescription()).startsWith(message).doesNotContain("hunter2");
              assertThat(analysis.getAction()).startsWith("Correct photofinish.");
            });
  }

  @Test
  void anAddressInPlaceOfACameraIsNotShown() {
    runner
        .withPropertyValues("photofinish.cameras.door=rtsp://me:hunter2@h/")
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              FailureAnalysis analysis = new UnknownPropertyAnalyzer().analyze(failure);
              analysis = analysis == null ? new WrongShapeAnalyzer().analyze(failure) : analysis;
              assertThat(analysis.getDescription())
                  .startsWith("photofinish.cameras.door")
                  .doesNotContain("hunter2");
            });
  }

  @Test
  void unknownPropertiesOfOthersAreLeftToTheirAnalyzers() {
    assertThat(
            new UnknownPropertyAnalyzer()
                .analyze(
                    new UnboundConfigurationPropertiesException(
                        Set.of(
                            new ConfigurationProperty(
                                ConfigurationPropertyName.of("server.prt"), "1", null)))))
        .isNull();
  }
}
