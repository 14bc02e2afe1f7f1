package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table for Java, files and flags: the same values, the same words. */
class ClientOptionsTest {

  @Test
  void everyDefaultAsTextIsTheDefault() {
    for (Option<ClientOptions.Builder> option : ClientOptions.OPTIONS) {
      assertThat(ClientOptions.of(Map.of(option.name(), option.defaultValue())))
          .as(option.name())
          .isEqualTo(ClientOptions.defaults());
    }
  }

  @Test
  void textAndBuilderGiveTheSame() {
    ClientOptions built =
        ClientOptions.builder()
            .stallSuspect(Duration.ofMillis(500))
            .stallTimeout(Duration.ZERO)
            .keepAlive(KeepAliveMethod.GET_PARAMETER)
            .responseTimeout(Duration.ofSeconds(3))
            .authScheme(AuthenticationScheme.BASIC)
            .media(Set.of("video"))
            .transport(RtspTransport.WEBSOCKET)
            .tunnelPath("/rtsp-over-websocket")
            .maxRedirects(0)
            .userAgent("Test/1")
            .build();
    assertThat(
            ClientOptions.of(
                Map.of(
                    "stall-suspect", "500ms",
                    "stall-timeout", "0",
                    "keep-alive", "get-parameter",
                    "response-timeout", "3s",
                    "auth-scheme", "basic",
                    "media", "video",
                    "transport", "websocket",
                    "tunnel-path", "/rtsp-over-websocket",
                    "max-redirects", "0",
                    "user-agent", "Test/1")))
        .isEqualTo(built);
  }

  @Test
  void chosenMediaLeaveTheOtherOptions() {
    ClientOptions tunnelled =
        ClientOptions.of(Map.of("transport", "http", "tunnel-path", "/t", "user-agent", "Test/1"));
    assertThat(tunnelled.withMedia(Set.of("video")).withMedia(tunnelled.media()))
        .isEqualTo(tunnelled);
  }

  @Test
  void theMediaMayBeChosenForACamera() {
    Camera camera = Camera.at("rtsp://192.0.2.1/").withMedia("video", "audio");
    assertThat(camera.options())
        .isEqualTo(ClientOptions.of(Map.of("media", "audio,video")))
        .isNotEqualTo(ClientOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "stall-suspect, 99ms",
    "stall-suspect, 61s",
    "stall-timeout, 999ms",
    "stall-timeout, 61m",
    "keep-alive, never",
    "response-timeout, 99ms",
    "response-timeout, 301s",
    "auth-scheme, ntlm",
    "media, text",
    "media, 'video,,audio'",
    "transport, dove",
    "tunnel-path, tunnel",
    "tunnel-path, '/a b'",
    "max-redirects, -1",
    "max-redirects, 21",
    "user-agent, ä",
    "no-such-option, 1"
  })
  void whatIsOutOfRangeSaysWhatIsNot(String name, String value) {
    assertThatThrownBy(() -> ClientOptions.of(Map.of(name, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(name + ": '")
        .hasMessageContaining("expected");
  }
}
