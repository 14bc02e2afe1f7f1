package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Parameter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A media as a description has it, and what depacketizers learn of it. */
class MediaStreamTest {
  private static final String SETS =
      "Z0LAH9kAUAW7AWoCAgKAAAADAIAAABkEeMGSQA==,aMuDyyA="; // 1280 by 720

  private static MediaStream h264(String fmtp) {
    List<Parameter> parameters = Parameter.parseAll(fmtp, ';');
    MediaFormat format =
        new MediaFormat(96, "H264", OptionalInt.of(90_000), OptionalInt.empty(), parameters);
    return MediaStream.of(0, "video", format, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "packetization-mode=1; sprop-parameter-sets=" + SETS,
        "packetization-mode=1; sprop-parameter-sets=\"" + SETS + "\""
      })
  void parameterSetsOfTheDescriptionAreKnownBeforeTheFirstFrame(String fmtp) {
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, h264(fmtp).payloadFormat(), Frame::release).orElseThrow();
    assertThat(depacketizer.format().parameterSets()).hasSize(2);
    assertThat(depacketizer.format().width()).isEqualTo(1280);
  }

  @Test
  void theTextIsThatOfTheDescription() {
    assertThat(h264("packetization-mode=1; x; sprop-parameter-sets=" + SETS).formatParameters())
        .isEqualTo("packetization-mode=1;x;sprop-parameter-sets=" + SETS);
  }

  @Test
  void aValueWithASeparatorStaysInQuotes() {
    assertThat(h264("a=\"1;2\";b=3").formatParameters()).isEqualTo("a=\"1;2\";b=3");
    assertThat(h264("a=\"1;2\";b=3").description().format().fmtp())
        .isEqualTo(Parameter.parseAll("a=\"1;2\";b=3", ';'));
  }
}
