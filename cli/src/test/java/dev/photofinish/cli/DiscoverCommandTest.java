package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.onvif.OnvifAuth;
import dev.photofinish.camera.onvif.OnvifDevice;
import dev.photofinish.camera.onvif.OnvifProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The discover command against a device whose clock is wrong and who wants a password. */
final class DiscoverCommandTest {
  private static final OnvifProfile MAIN =
      new OnvifProfile("main", "Main", "rtsp://127.0.0.1/live/main", "H264", 1920, 1080);

  private static OnvifDevice device() throws Exception {
    return OnvifDevice.builder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .auth(OnvifAuth.TOKEN, "viewer", "sesame")
        .clock(Duration.ofHours(-9))
        .profiles(List.of(MAIN))
        .start();
  }

  private static Cli.Result discover(OnvifDevice device, String password, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("discover", "127.0.0.1:" + device.address().getPort()));
    arguments.addAll(List.of("--user=viewer", "--password=" + password));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aCameraIsALineWithItsStreams() throws Exception {
    try (OnvifDevice device = device()) {
      Cli.Result cli = discover(device, "sesame");
      assertThat(cli.exit()).as(cli.err()).isZero();
      assertThat(cli.out())
          .contains("127.0.0.1", "rtsp://127.0.0.1/live/main H264 1920x1080")
          .contains("its clock is 9 h slow")
          .doesNotContain("sesame");
    }
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    try (OnvifDevice device = device()) {
      Cli.Result cli = discover(device, "wrong");
      assertThat(cli.out()).contains("it refused the user name or the password");
      assertThat(cli.out() + cli.err()).doesNotContain("wrong");
    }
  }

  @Test
  void linesOfJson() throws Exception {
    try (OnvifDevice device = device()) {
      Cli.Result cli = discover(device, "sesame", "--json");
      assertThat(cli.json("discovered"))
          .singleElement()
          .satisfies(line -> assertThat(line.get("streams")).asString().contains("live/main"))
          .satisfies(line -> assertThat(line.keySet()).isEqualTo(documented()));
      assertThat(cli.json("summary"))
          .singleElement()
          .satisfies(
              line -> assertThat(line).containsEntry("cameras", 1).containsEntry("streams", 1));
    }
  }

  private static Set<String> documented() throws IOException {
    return Objects.requireNonNull(JsonLinesTest.documented().get("discovered")).keySet();
  }

  @Test
  void whoIsNotThereIsNoCamera() {
    Cli.Result cli = Cli.run("discover", "127.0.0.1:1", "--camera-timeout=2s");
    assertThat(cli.exit()).isEqualTo(1);
  }
}
