package dev.photofinish.rtsp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The answers of real cameras, from the recordings of retina (see camera-data/retina/README.md),
 * led through a whole dialogue. CSeq, and the channels of a second SETUP, are those asked for;
 * where an answer was not recorded, the shortest one stands in.
 */
class RecordedCameraTest {
  private static final String FOLDER = "/camera-data/retina/";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "anjvision | rtsp://192.168.1.10:554/stream0 | - | laureii"
            + " | video H265 trackID=1 | rtsp://192.168.1.10:554/stream0/",
        "bunny | rtsp://wowzaec2demo.streamlock.net/vod/mp4:BigBuckBunny_115k.mov | bunny | bunny"
            + " | audio MPEG4-GENERIC trackID=1, video H264 trackID=2"
            + " | rtsp://wowzaec2demo.streamlock.net/vod/mp4:BigBuckBunny_115k.mov/",
        "h264dvr | rtsp://127.0.0.1:554/camera | - | h264dvr"
            + " | video H264 trackID=3, audio PCMA trackID=4 | rtsp://127.0.0.1:554/camera",
        "ipcam | rtsp://192.168.1.67/live | - | -"
            + " | video H264 trackID=1 | rtsp://192.168.1.67/live",
        "macrovideo | rtsp://192.168.1.5/live | luckfox_rkipc | -"
            + " | video H264 track1 | rtsp://192.168.1.5/live",
        "missing_content_type | rtsp://192.168.1.101/live | - | -"
            + " | video H264 streamid=0, audio MPEG4-GENERIC streamid=1"
            + " | rtsp://192.168.1.101/live",
        "reolink | rtsp://192.168.5.206/h264Preview_01_main | reolink | reolink"
            + " | video H264 trackID=1, audio MPEG4-GENERIC trackID=2"
            + " | rtsp://192.168.5.206/h264Preview_01_main/",
        "reolink_control_first | rtsp://192.168.5.206/h264Preview_01_main | reolink | reolink"
            + " | video H264 trackID=1, audio MPEG4-GENERIC trackID=2"
            + " | rtsp://192.168.5.206/h264Preview_01_main/",
      })
  void itPlays(
      String camera,
      String url,
      @Nullable String setUp,
      @Nullable String play,
      String tracks,
      String aggregate)
      throws IOException {
    Script script = described(camera, url);
    String setUpFile =
        setUp == null ? null : setUp + (setUp.startsWith("l") ? "_setup_tcp" : "_setup");
    long count = 1 + tracks.chars().filter(c -> c == ',').count();
    for (int track = 0; track < count; track++) {
      answer(script.expectRequest("SETUP"), setUpFile);
    }
    String prepared =
        script.expectPrepared().stream()
            .map(RecordedCameraTest::text)
            .collect(Collectors.joining(", "));
    assertThat(prepared).isEqualTo(tracks);
    answer(script.expect("PLAY", aggregate), play == null ? null : play + "_play");
    script.expect(new DialogueCommand.Playing());
    assertThat(script.leftOut()).isEmpty();
    answer(
        script.tell(new DialogueEvent.Teardown()).expect("TEARDOWN", aggregate),
        "reolink_teardown");
    script.expectEnd(EndReason.Kind.LEFT);
  }

  private static String text(Track track) {
    String control = track.control().toString();
    return track.media().type()
        + " "
        + track.media().format().codec()
        + " "
        + control.substring(control.lastIndexOf('/') + 1);
  }

  private static Script described(String camera, String url) throws IOException {
    Script script = new Script(url);
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    script.expect("DESCRIBE", url);
    boolean variant = camera.endsWith("_control_first");
    return answer(script, variant ? "reolink_describe_control_first" : camera + "_describe");
  }

  /** Answers with a recording; with a bare 200 and a session where there is none. */
  private static Script answer(Script script, @Nullable String recording) throws IOException {
    if (recording == null) {
      return script.answer(200, HeaderNames.SESSION, "1");
    }
    String cseq = script.request().headers().first(HeaderNames.CSEQ).orElseThrow();
    String transport = script.request().headers().first(HeaderNames.TRANSPORT).orElse("");
    String channels = transport.substring(transport.indexOf("interleaved=") + 1);
    String text =
        read(recording)
            .replaceFirst("(?i)\r\nCSeq: *[0-9]+", "\r\nCSeq: " + cseq)
            .replaceFirst("interleaved=0-1", "i" + channels);
    return script.receive(decoded(text));
  }

  private static String read(String recording) throws IOException {
    try (InputStream in =
        RecordedCameraTest.class.getResourceAsStream(FOLDER + recording + ".txt")) {
      return new String(
          Objects.requireNonNull(in, recording).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static RtspResponse decoded(String text) {
    EmbeddedChannel channel = new EmbeddedChannel(new RtspDecoder());
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    Received received = channel.readInbound();
    assertThat(channel.finish()).as("anything behind it").isFalse();
    return (RtspResponse) received.message();
  }

  /** Both were asked for TCP in the test, and for UDP when they were recorded. */
  @Test
  void aRecordingOverUdpEndsWithTheTransportSeen() throws IOException {
    Script script = described("h264dvr", "rtsp://127.0.0.1:554/camera");
    answer(script.expectRequest("SETUP"), "h264dvr_setup_video");
    answer(script.expectRequest("SETUP"), "h264dvr_setup_audio");
    assertThat(script.leftOut()).hasSize(2);
    assertThat(script.expectEnd(EndReason.Kind.BROKEN).reason())
        .contains("client_port=18716-18717");
  }
}
