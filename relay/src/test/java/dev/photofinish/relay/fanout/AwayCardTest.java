package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The card in packets, as a reader puts them together. */
class AwayCardTest {
  private static final PayloadFormat H264 =
      new PayloadFormat(
          "H264",
          96,
          90_000,
          0,
          "packetization-mode=1;"
              + "sprop-parameter-sets=Z0LAH9kAUAW7AWoCAgKAAAADAIAAABkEeMGSQA==,aMuDyyA=");
  private static final PayloadFormat H265 =
      new PayloadFormat(
          "H265",
          96,
          90_000,
          0,
          "sprop-vps=QAEMAf//AWAAAAMAkAAAAwAAAwB4lZgJ;"
              + "sprop-sps=QgEBAWAAAAMAkAAAAwAAAwB4oAKsgDAdeWVmkkyvAWgIAAADAAgAAAMAyEA=;"
              + "sprop-pps=RAHBcrRiQA==");

  private final AwayCard card = new AwayCard();

  private static FrameFormat camera(PayloadFormat format) {
    return PayloadFormats.depacketizer(0, format, Frame::release).orElseThrow().format();
  }

  private static RtpPacket packet(int sequence, boolean marker, ByteBuf payload)
      throws RtpFormatException {
    ByteBuf bytes = Unpooled.buffer().writeByte(0x80).writeByte(marker ? 0xe0 : 0x60);
    bytes.writeShort(sequence).writeInt(0).writeInt(0).writeBytes(payload);
    MediaStream media = new MediaStream(0, "video", "any", 96, 90_000, 0, "", false);
    return RtpPacket.of(media, bytes);
  }

  @ParameterizedTest
  @CsvSource({"H264, 1280, 720, 2", "H265, 1366, 768, 3"})
  void aReaderGetsAKeyFrameOfTheSizeOfTheCamera(String codec, int width, int height, int sets)
      throws Exception {
    PayloadFormat format = codec.equals("H264") ? H264 : H265;
    List<Frame> frames = new ArrayList<>();
    Depacketizer reader = PayloadFormats.depacketizer(0, format, frames::add).orElseThrow();
    List<ByteBuf> payloads =
        card.next(camera(format), Instant.now().minusSeconds(5), Duration.ofSeconds(5));
    for (int i = 0; i < payloads.size(); i++) {
      ByteBuf payload = payloads.get(i);
      assertThat(payload.readableBytes()).isLessThanOrEqualTo(1_200);
      RtpPacket packet = packet(i, i == payloads.size() - 1, payload);
      reader.packet(packet, packet.content(), packet.content().readerIndex(), 0);
      packet.release();
      payload.release();
    }
    assertThat(payloads).allMatch(payload -> payload.refCnt() == 0);
    assertThat(frames).hasSize(1);
    Frame frame = frames.get(0);
    assertThat(frame.randomAccess()).isEqualTo(RandomAccess.IDR);
    assertThat(frame.isDamaged()).isFalse();
    assertThat(frame.format().width()).isEqualTo(width);
    assertThat(frame.format().height()).isEqualTo(height);
    assertThat(frame.format().parameterSets())
        .as("those of the camera, whose numbers are others, are kept")
        .hasSize(2 * sets)
        .containsAll(camera(format).parameterSets());
    frame.release();
  }

  @Test
  void otherCodecsHaveNone() {
    FrameFormat format = camera(new PayloadFormat("VP8", 96, 90_000, 0, ""));
    assertThat(card.next(format.withSize(640, 480), Instant.now(), Duration.ZERO)).isEmpty();
  }
}
