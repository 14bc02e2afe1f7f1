package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.ServerPort;
import dev.photofinish.cli.command.Json;
import dev.photofinish.option.Option;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The element {@code photofinishsrc} in pipelines of others: {@code gst-launch-1.0}, Python and
 * Java. How often its camera drops and its process is killed are {@code -Dphotofinish.drops} and
 * {@code -Dphotofinish.kills}.
 */
@Tag("lab")
class GStreamerElementLabTest {
  private static final String PYTHON = Plugin.PYTHON;
  private static final String HOST = Path.of("src/test/resources/gst-element.py").toString();
  private static final String SERVER = "../rtsp/src/test/resources/gst-server.py";
  private static final Duration LIMIT = Plugin.LIMIT;
  private static final String LATENCY = "latency=100";

  /** A picture of the simulated camera as I420. */
  private static final int PICTURE_BYTES = 320 * 240 * 3 / 2;

  @TempDir private static Path folder;

  private static Plugin plugin;

  @BeforeAll
  static void needs() throws IOException {
    plugin = Plugin.in(folder);
  }

  private static List<String> run(String... command) throws Exception {
    try (LabProcess process = plugin.start(command)) {
      var exit = process.awaitExit(LIMIT);
      assertThat(exit).as("%s", process.output()).hasValue(0);
      return process.output();
    }
  }

  private static String properties(Map<String, ?> values) {
    return Json.line(values);
  }

  // ---- What it is

  @Test
  void everyOptionIsAPropertyThatGstInspectShows() throws Exception {
    String shown = String.join("\n", run("gst-inspect-1.0", "photofinishsrc"));
    assertThat(ElementProperties.OPTIONS)
        .extracting(Option::name)
        .allSatisfy(name -> assertThat(shown).containsPattern("\n  " + name + " *:"));
    assertThat(shown).contains("(1): first-wins", "(4): auto");
  }

  @Test
  void capsAreReadAsTheyWereMeant() throws Exception {
    String odd = "a=\"quoted, x\"; b=back\\slash; c=q\"uote; packetization-mode=1";
    MediaStream media = new MediaStream(0, "video", "H264", 96, 90_000, 0, odd, false);
    String text = CapsText.of(new SourceTrack(0, media, 0xffff_ffffL), List.of());
    JsonNode fields = Host.parse(run(PYTHON, HOST, "caps", text).get(0));
    assertThat(fields.path("payload").asInt()).isEqualTo(96);
    assertThat(fields.path("ssrc").asLong()).isEqualTo(0xffff_ffffL);
    assertThat(fields.path("packetization-mode").asText()).isEqualTo("1");
    assertThat(fields.path("a").asText()).isEqualTo("quoted, x");
    assertThat(fields.path("b").asText()).isEqualTo("back\\slash");
    assertThat(fields.path("c").asText()).isEqualTo("q\"uote");
  }

  // ---- What plays

  @Test
  void decodesWhatGStreamersServerAndOurCameraSendOverTcpAndUdp() throws Exception {
    int port = ServerPort.choose();
    try (LabProcess server =
            LabProcess.onHost(LIMIT, List.of(PYTHON, SERVER, String.valueOf(port)));
        SimulatedCamera camera = SimulatedCamera.builder().start()) {
      server.awaitLine("ready", Duration.ofSeconds(30));
      for (String transport : List.of("tcp", "udp")) {
        List<String> command = new ArrayList<>(List.of(PYTHON, HOST, "play", "25"));
        for (String path : List.of("pcmu", "aac", "opus")) {
          command.add(element("rtsp://127.0.0.1:" + port + "/" + path, transport));
        }
        command.add(element(camera.url(), transport));
        assertThat(run(command.toArray(String[]::new)))
            .extracting(line -> Host.parse(line))
            .allMatch(json -> json.path("backwards").asInt() == 0)
            .extracting(json -> json.path("video").asText() + " " + json.path("audio").asText())
            .containsExactly("H264 PCMU", "H264 MPEG4-GENERIC", "H265 OPUS", "H264 PCMU");
      }
    }
  }

  private static String element(String url, String transport) {
    return properties(Map.of("location", url, "latency", 100, "protocols", transport));
  }

  @Test
  void gstLaunchPlaysItInThePlaceOfRtspsrc() throws Exception {
    Path raw = folder.resolve("raw");
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("me", "right").start()) {
      run(
          ("gst-launch-1.0 -q photofinishsrc protocols=tcp retry=3 user-id=me user-pw=right "
                  + (LATENCY + " location=" + camera.url())
                  + " ! rtph264depay ! avdec_h264 ! video/x-raw,format=I420"
                  + (" ! identity eos-after=25 ! filesink location=" + raw))
              .split(" "));
    }
    assertThat(Files.size(raw)).isGreaterThanOrEqualTo(24L * PICTURE_BYTES);
  }

  @Test
  void uridecodebinKnowsItsScheme() throws Exception {
    Path raw = folder.resolve("uri");
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      run(
          ("gst-launch-1.0 -q uridecodebin caps=video/x-raw uri="
                  + camera.url().replace("rtsp://", "photofinish://")
                  + (" ! identity eos-after=10 ! filesink location=" + raw))
              .split(" "));
    }
    assertThat(Files.size(raw)).isGreaterThanOrEqualTo(9L * PICTURE_BYTES);
  }

  @Test
  void aWrongValueIsAnErrorInOurWords() throws Exception {
    try (LabProcess process =
        plugin.start(
            "gst-launch-1.0",
            "photofinishsrc",
            "racing-delay-ms=50",
            "location=rtsp://127.0.0.1:9/",
            "!",
            "fakesink")) {
      assertThat(process.awaitExit(LIMIT)).hasValue(1);
      assertThat(String.join("\n", process.output()))
          .contains("racing-delay-ms: '50 ms' is not valid; expected whole milliseconds from 100");
    }
  }

  @Test
  void aProgramInJavaPlaysIt() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      List<String> said =
          run(
              ProcessHandle.current().info().command().orElseThrow(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              JavaHost.class.getName(),
              camera.url());
      assertThat(said).contains("all pictures came");
    }
  }

  /** RFC 4571 on a pipe, without a plugin of ours. */
  @Test
  void gstLaunchReadsWhatPipeWrites() throws Exception {
    Path raw = folder.resolve("pipe");
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String reader =
          "gst-launch-1.0 -q fdsrc"
              + " ! application/x-rtp-stream,media=video,clock-rate=90000,encoding-name=H264"
              + " ! rtpstreamdepay ! rtph264depay ! avdec_h264 ! video/x-raw,format=I420"
              + (" ! identity eos-after=25 ! filesink location=" + raw);
      run("sh", "-c", "\"$PHOTOFINISH\" pipe --format=rtp " + camera.url() + " | " + reader);
    }
    assertThat(Files.size(raw)).isGreaterThanOrEqualTo(24L * PICTURE_BYTES);
  }

  // ---- What it survives

  @Test
  void aPipelineSurvivesACameraThatDropsAndAProcessThatIsKilled() throws Exception {
    int drops = Integer.getInteger("photofinish.drops", 10);
    int kills = Integer.getInteger("photofinish.kills", 2);
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.FPS, 60).start();
        LabProcess host =
            plugin.start(
                PYTHON,
                HOST,
                "survive",
                String.valueOf(drops),
                String.valueOf(kills),
                properties(
                    Map.of(
                        "location",
                        camera.url(),
                        "latency",
                        50,
                        "retry-strategy",
                        "immediate",
                        "max-reconnection-attempts",
                        -1)))) {
      for (int drop = 0; drop < drops; drop++) {
        host.awaitLine("drop " + drop, LIMIT);
        camera.dropAll();
      }
      String result = host.awaitLine("pictures", LIMIT);
      JsonNode json = Host.parse(result);
      assertThat(json.path("pictures").asInt()).isGreaterThanOrEqualTo(5 * (1 + drops + kills));
      assertThat(json.path("backwards").asInt()).as("%s", host.output()).isZero();
      assertThat(json.path("media").asInt()).as("pads").isEqualTo(2);
      assertThat(host.awaitExit(LIMIT)).hasValue(0);
    }
  }
}
