package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** The length of packets of audio. */
class PacketDurationTest {
  private static final MediaStream PCMU =
      new MediaStream(0, "audio", "PCMU", 0, 8_000, 0, "", false);
  private static final MediaStream STEREO =
      new MediaStream(0, "audio", "PCMA", 97, 16_000, 2, "", false);
  private static final MediaStream OPUS =
      new MediaStream(0, "audio", "OPUS", 98, 48_000, 2, "", false);

  private static int of(
      PacketDuration duration, MediaStream media, int sequence, long timestamp, int bytes) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(media.payloadType()).writeShort(sequence);
    packet.writeInt((int) timestamp).writeInt(77).writeZero(bytes);
    try {
      return duration.of(RtpPacket.of(media, packet));
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thatOfG711IsItsBytes() {
    assertThat(of(new PacketDuration(PCMU), PCMU, 1, 0, 240)).isEqualTo(240);
    assertThat(of(new PacketDuration(STEREO), STEREO, 1, 0, 640)).isEqualTo(320);
    assertThat(of(new PacketDuration(PCMU), PCMU, 1, 0, 0)).isEqualTo(1);
  }

  /** Also where sequence and timestamp wrap. */
  @Test
  void thatOfOtherAudioIsAsLongAsThePacketBefore() {
    PacketDuration duration = new PacketDuration(OPUS);
    assertThat(of(duration, OPUS, 0xffff, 0xffff_fe20L, 80)).isEqualTo(960);
    assertThat(of(duration, OPUS, 0, 2_400, 80)).isEqualTo(2_880);
    assertThat(of(duration, OPUS, 1, 5_280, 80)).isEqualTo(2_880);
  }

  @Test
  void lossesAndJumpsSayNothing() {
    PacketDuration duration = new PacketDuration(OPUS);
    of(duration, OPUS, 1, 0, 80);
    assertThat(of(duration, OPUS, 3, 1_920, 80)).isEqualTo(960);
    assertThat(of(duration, OPUS, 4, 1_000_000, 80)).isEqualTo(960);
    assertThat(of(duration, OPUS, 5, 999_999, 80)).isEqualTo(960);
  }
}
