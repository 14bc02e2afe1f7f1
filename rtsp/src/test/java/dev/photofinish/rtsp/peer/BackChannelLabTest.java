package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.client.BackChannel;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.RtspTransport;
import dev.photofinish.rtsp.message.MediaFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audio to GStreamer's RTSP server, which has an ONVIF back channel, and one that has none. */
@Tag("lab")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a peer may say nothing
class BackChannelLabTest {
  private static final int PACKETS = 20;

  @TempDir private Path folder;

  private static Camera camera(GstServer server, String path, RtspTransport transport) {
    return Camera.at("rtsp://127.0.0.1:" + server.port() + path)
        .withOptions(ClientOptions.builder().transport(transport).build())
        .withBackChannel(true);
  }

  @ParameterizedTest
  @EnumSource(
      value = RtspTransport.class,
      names = {"TCP", "UDP"})
  void gstreamersServerHearsWhatIsSent(RtspTransport transport) throws Exception {
    byte[] voice = new byte[160 * PACKETS];
    for (int i = 0; i < voice.length; i++) {
      voice[i] = (byte) (i * 7 + i / 160);
    }
    List<String> expected = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    try (GstServer server = new GstServer("gst-onvif-server.py", folder);
        RtspClient client = new RtspClient();
        CameraStream stream =
            client.open(camera(server, "/onvif", transport), CameraListener.NONE)) {
      BackChannel back = stream.backChannel();
      assertThat(back.format().map(MediaFormat::codec)).contains("PCMU");
      assertThat(back.send(voice)).isTrue();
      for (int i = 0; i < PACKETS; i++) {
        byte[] packet = Arrays.copyOfRange(voice, 160 * i, 160 * (i + 1));
        expected.add(HexFormat.of().formatHex(packet));
        heard.add(server.line());
      }
      assertThat(stream.statistics().lost()).isZero();
    }
    assertThat(heard).isEqualTo(expected);
  }

  /** It answers what it does not know with 551. */
  @Test
  void aServerOfGstreamersWithoutOneIsPlayed() throws Exception {
    try (GstServer server = new GstServer("gst-server.py", folder);
        RtspClient client = new RtspClient();
        CameraStream stream =
            client.open(camera(server, "/pcmu", RtspTransport.TCP), CameraListener.NONE)) {
      assertThat(stream.backChannel().unavailable().orElse("")).contains("551", "to DESCRIBE");
      assertThat(stream.streams()).hasSize(2);
    }
  }
}
