package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapsTextTest {
  private static String caps(MediaStream media) {
    return CapsText.of(new SourceTrack(0, media, 0xfedc_ba98L));
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
