package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RangeHeader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a recording is asked for with. */
class ReplayOptionsTest {
  private static final RangeHeader TEN = RangeHeader.from(Duration.ofSeconds(10));

  private static ReplayOptions read(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ReplayOptions.OPTIONS.read(values);
  }

  @Test
  void theDefaultIsWhatIsLive() {
    assertThat(read()).isEqualTo(ReplayOptions.live());
    assertThat(ReplayOptions.live().request()).isEqualTo(PlayRequest.LIVE);
  }

  @Test
  void eachOptionIsAHeader() {
    ReplayOptions all =
        read(
            "range",
            "npt=10.000-",
            "scale",
            "-2.5",
            "speed",
            "4",
            "onvif-replay",
            "on",
            "rate-control",
            "off",
            "frames",
            "intra/4000");
    assertThat(all)
        .isEqualTo(
            ReplayOptions.of(TEN)
                .withScale(-2.5)
                .withSpeed(4)
                .withOnvifReplay(true)
                .withRateControl(false)
                .withFrames(ReplayFrames.intra(Duration.ofSeconds(4))));
    Headers headers =
        Headers.of(
            "Scale", "-2.500", "Speed", "4.000", "Rate-Control", "no", "Frames", "intra/4000");
    assertThat(all.request())
        .isEqualTo(new PlayRequest(TEN, headers, List.of("onvif-replay"), true));
    assertThat(all.another(TEN).headers()).isEqualTo(headers.plus("Immediate", "yes"));
  }

  @Test
  void whatIsUsualIsNotSaid() {
    assertThat(ReplayOptions.of(TEN).request())
        .isEqualTo(new PlayRequest(TEN, Headers.empty(), List.of(), true));
    assertThat(ReplayOptions.of(TEN).another(TEN).headers()).isEqualTo(Headers.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "range, 10s",
    "range, npt=x-",
    "scale, 0",
    "scale, 1001",
    "speed, 0",
    "speed, -1",
    "frames, some",
    "frames, intra/",
    "frames, intra/1000000000",
    "frames, predicted/5"
  })
  void whatIsOutOfRangeIsNamed(String option, String value) {
    assertThatThrownBy(() -> read(option, value))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(option);
  }
}
