package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5219 section 5.1: ADUs of frames, and frames of these again. */
class MpaRobustPacketizerTest {
  private static final PayloadFormat PAYLOAD = new PayloadFormat("MPA-ROBUST", 96, 90_000, 0, "");
  private static final FrameFormat FORMAT = FrameFormat.audio(Codec.MPEG_AUDIO, 90_000, 44_100, 2);
  private static final int MPEG_1 = 0xfffb_9064;
  private static final int FRAMES = 60;

  private final Random random = new Random(20_261_130);
  private final Packetizer packetizer = PayloadFormats.packetizer(PAYLOAD, 200).orElseThrow();

  private static Frame frame(byte[] bytes, boolean damaged) {
    return Frame.of(
        0, FORMAT, Unpooled.wrappedBuffer(bytes), new int[0], 0, RandomAccess.IDR, damaged);
  }

  private static List<byte[]> payloads(Packetizer packetizer, Frame frame) {
    List<byte[]> payloads = new ArrayList<>();
    packetizer.packetize(
        frame,
        7,
        (payload, timestamp, marker) -> {
          assertThat(timestamp).isEqualTo(7);
          assertThat(marker).isFalse();
          payloads.add(ByteBufUtil.getBytes(payload));
          payload.release();
        });
    frame.release();
    return payloads;
  }

  /** The whole ADU of payloads, of which each has its size before it. */
  private static String adu(List<byte[]> payloads) {
    StringBuilder adu = new StringBuilder();
    int size = -1;
    for (byte[] payload : payloads) {
      boolean isLong = (payload[0] & 0x40) != 0;
      int said = isLong ? ((payload[0] & 0x3f) << 8) | (payload[1] & 0xff) : payload[0] & 0x3f;
      assertThat(payload.length).isLessThanOrEqualTo(200);
      assertThat((payload[0] & 0x80) != 0).isEqualTo(size >= 0);
      assertThat(said).isEqualTo(size < 0 ? said : size);
      size = said;
      adu.append(ByteBufUtil.hexDump(payload).substring(isLong ? 4 : 2));
    }
    assertThat(adu.length()).isEqualTo(2 * Math.max(0, size));
    return adu.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {MPEG_1, 0xfff3_8464, 0xffe3_18c4, 0xfffb_90c4})
  void anAduHasTheMainDataThatItsSideInformationSays(int bits) {
    List<byte[]> frames = Mp3Stream.frames(bits, FRAMES, random);
    List<byte[]> adus = Mp3Stream.adus(frames);
    FormatScript script = new FormatScript("mpa-robust", 90_000, 0, "");
    try (script) {
      for (int i = 0; i < FRAMES; i++) {
        List<byte[]> payloads = payloads(packetizer, frame(frames.get(i), false));
        Mp3Adu read = Mp3Adu.read(adus.get(i).clone(), 0, 0, false).orElseThrow();
        int length = read.mainDataAt() + read.declaredBytes();
        assertThat(adu(payloads))
            .as("frame %d", i)
            .isEqualTo(ByteBufUtil.hexDump(adus.get(i), 0, length));
        payloads.forEach(payload -> script.packet(payload, false));
        script.later(90_000 * 1152 / 44_100);
      }
      assertThat(script.frames().size()).isGreaterThan(FRAMES - 20);
      for (int i = 0; i < script.frames().size(); i++) {
        int head = Mp3Adu.read(frames.get(i).clone(), 0, 0, false).orElseThrow().mainDataAt();
        assertThat(script.hex(i)).startsWith(ByteBufUtil.hexDump(frames.get(i), 0, head));
        assertThat(script.hex(i)).hasSize(2 * frames.get(i).length);
        assertThat(script.frame(i).isDamaged()).isFalse();
      }
    }
  }

  @Test
  void aFrameWithoutItsMainDataHasNoAdu() {
    List<byte[]> frames = Mp3Stream.frames(MPEG_1, 200, random);
    int joined = 20;
    int silent = 0;
    for (int i = joined; i < 100; i++) {
      List<byte[]> payloads = payloads(packetizer, frame(frames.get(i), i == 60));
      boolean sent = !payloads.isEmpty();
      silent += sent ? 0 : 1;
      assertThat(sent).as("frame %d", i).isEqualTo(sent && i != 60);
    }
    assertThat(silent).as("the damaged one, and those that reach before").isBetween(1, 8);
  }

  @Test
  void whatIsNoMp3IsRefused() {
    byte[] layer2 = new byte[417];
    layer2[0] = (byte) 0xff;
    layer2[1] = (byte) 0xfd;
    layer2[2] = (byte) 0x90;
    Frame frame = frame(layer2, false);
    assertThatThrownBy(() -> packetizer.packetize(frame, 0, (payload, time, marker) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one for MPA-ROBUST");
    frame.release();
  }
}
