package dev.photofinish.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras from before GetServices, and with half of what they should have. */
@Timeout(120)
final class OldDeviceTest {
  private static final String PROFILE =
      "<Profiles token='%s'><Name>%s</Name><VideoEncoderConfiguration><Encoding>H264</Encoding>"
          + "<Resolution><Width>640</Width><Height>480</Height></Resolution>"
          + "</VideoEncoderConfiguration></Profiles>";

  /** What it answers to a request that has this text; anything else is not known. */
  private final Map<String, String> answers = new TreeMap<>();

  private OnvifCamera camera() throws Exception {
    try (TestDevice device = new TestDevice(this::answer)) {
      return device.ask("secret", Duration.ofSeconds(20));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String address = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/media";
    String known =
        answers.entrySet().stream()
            .filter(answer -> request.contains(answer.getKey()))
            .map(answer -> answer.getValue().replace("ADDRESS", address))
            .findFirst()
            .orElse(
                "<Fault><Code><Value>s:Receiver</Value></Code><Reason><Text>no such action"
                    + "</Text></Reason></Fault>");
    int status = known.startsWith("<Fault>") ? 500 : 200;
    TestDevice.answer(exchange, status, "<E><Body>" + known + "</Body></E>");
  }

  private void hasMedia(String... profiles) {
    answers.put(
        "GetCapabilities",
        "<GetCapabilitiesResponse><Capabilities><Media><XAddr>ADDRESS</XAddr></Media>"
            + "</Capabilities></GetCapabilitiesResponse>");
    StringBuilder all = new StringBuilder();
    for (String profile : profiles) {
      all.append(PROFILE.formatted(profile, profile));
    }
    answers.put("GetProfiles", "<GetProfilesResponse>" + all + "</GetProfilesResponse>");
  }

  private void hasStream(String profile, String url) {
    answers.put(
        "ProfileToken>" + profile,
        "<GetStreamUriResponse><MediaUri><Uri>" + url + "</Uri></MediaUri></GetStreamUriResponse>");
  }

  @Test
  void itsCapabilitiesNameTheMediaServiceThatGetServicesWould() throws Exception {
    hasMedia("main");
    hasStream("main", "rtsp://127.0.0.1:8554/main");
    OnvifCamera camera = camera();
    assertThat(camera.problems()).isEmpty();
    assertThat(camera.streams())
        .singleElement()
        .satisfies(
            stream -> {
              assertThat(stream.url()).isEqualTo("rtsp://127.0.0.1:8554/main");
              assertThat(stream.width()).isEqualTo(640);
            });
  }

  @Test
  void aProfileWithoutAStreamIsAProblemAndTheOthersCount() throws Exception {
    hasMedia("broken", "main", "web");
    hasStream("main", "rtsp://127.0.0.1:8554/main");
    hasStream("web", "http://127.0.0.1/mjpeg");
    OnvifCamera camera = camera();
    assertThat(camera.streams()).hasSize(1);
    assertThat(camera.problems())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("no stream of profile broken: "))
        .anyMatch(text -> text.equals("the stream of profile web has no RTSP URL"));
  }

  @Test
  void aCameraWithoutMediaSaysSo() throws Exception {
    answers.put("GetCapabilities", "<GetCapabilitiesResponse/>");
    assertThat(camera().problems()).containsExactly("it names no media service");
    hasMedia();
    assertThat(camera().problems()).containsExactly("it has no media profile");
  }
}
