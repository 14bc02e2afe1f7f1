package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.message.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsTextTest {
  private static String caps(MediaStream media) {
    return CapsText.of(new SourceTrack(0, media, 0xfedc_ba98L), List.of());
  }

  private static String video(String fmtp) {
    return caps(new MediaStream(0, "video", "H264", 96, 90_000, 0, fmtp, false));
  }

  @Test
  void hasTheFieldsThatRtspsrcHas() {
    assertThat(video("packetization-mode=1; profile-level-id=42C01E"))
        .isEqualTo(
            "application/x-rtp, media=(string)\"video\", payload=(int)96, clock-rate=(int)90000,"
                + " encoding-name=(string)\"H264\", ssrc=(uint)4275878552,"
                + " packetization-mode=(string)\"1\", profile-level-id=(string)\"42C01E\"");
  }

  @Test
  void attributesAreFieldsAsOfRtspsrc() {
    MediaStream jpeg = new MediaStream(0, "video", "JPEG", 26, 90_000, 0, "", false);
    List<Attribute> attributes =
        List.of(
            new Attribute("tool", "GStreamer"),
            new Attribute("framerate", "25"),
            new Attribute("x-dimensions", "320,240"),
            new Attribute("framesize", "26 320-240"),
            new Attribute("extmap", "3 urn:ietf:params:rtp-hdrext:ntp-64"),
            new Attribute("extmap", "4/recvonly urn:x"),
            new Attribute("control", "stream=0"),
            new Attribute("crypto", "1 AES_CM_128_HMAC_SHA1_80 inline:secret"),
            new Attribute("ts-refclk", "local"),
            new Attribute("", "nothing"),
            new Attribute("recvonly", ""));
    assertThat(CapsText.of(new SourceTrack(0, jpeg, 1), attributes))
        .endsWith(
            "ssrc=(uint)1, a-tool=(string)\"GStreamer\", a-framerate=(string)\"25\","
                + " x-dimensions=(string)\"320,240\", a-framesize=(string)\"320-240\","
                + " extmap-3=(string)\"urn:ietf:params:rtp-hdrext:ntp-64\", a-=(string)\"nothing\","
                + " a-recvonly=(string)\"\"");
  }

  @Test
  void aCameraCannotMakeCapsLong() {
    MediaStream video = new MediaStream(0, "video", "H264", 96, 90_000, 0, "", false);
    List<Attribute> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(new Attribute("n" + i, ""));
    }
    assertThat(CapsText.of(new SourceTrack(0, video, 1), many).split("=")).hasSize(64 + 1);
  }

  @Test
  void audioHasItsChannels() {
    MediaStream audio =
        new MediaStream(
            1, "audio", "mpeg4-generic", 97, 44_100, 2, "mode=AAC-hbr;sizeLength=13", false);
    assertThat(caps(audio))
        .contains("encoding-name=(string)\"MPEG4-GENERIC\", encoding-params=(string)\"2\"")
        .contains("mode=(string)\"AAC-hbr\", sizelength=(string)\"13\"");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    MediaStream unknown = new MediaStream(2, "application", "unknown", 107, 0, 0, "", false);
    assertThat(caps(unknown)).doesNotContain("clock-rate", "encoding-name", "encoding-params");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a="x"                     | a=(string)"x"
          a=b"c                     | a=(string)"b\\"c"
          a=b\\c                    | a=(string)"b\\\\c"
          a                         | a=(string)"1"
          a=b=c==                   | a=(string)"b=c=="
          a=x, y                    | a=(string)"x, y"
          a=caf\u00e9               | a=(string)"caf\\303\\251"
          sprop-parameter-sets="Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA==" | sprop-parameter-sets=(string)"Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA=="
          """)
  void valuesAreQuotedAsGStreamerReadsThem(String fmtp, String field) {
    assertThat(video(fmtp)).endsWith(", " + field);
  }

  @ParameterizedTest
  @CsvSource({"a b=1", "=1", "1a=1", "a(string)=1", "a;;=2", "media=audio", "payload=1", "ssrc=7"})
  void aParameterNeverBreaksTheCapsOrTakesThePlaceOfAnotherField(String fmtp) {
    assertThat(video(fmtp)).startsWith(video("")).doesNotContain("\"audio\"", "=7");
  }

  @Test
  void theNumberOfFieldsIsBounded() {
    StringBuilder fmtp = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      fmtp.append('p').append(i).append("=1;");
    }
    assertThat(video(fmtp.toString()).split(", ", -1)).hasSize(65);
  }
}
