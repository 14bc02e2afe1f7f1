package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any packet is survived by any format: no exception, nothing retained, no more out than in. */
class HostilePacketsTest {
  private static final int ROUNDS = 300;
  private static final int PACKETS = 40;

  /** Headers that a packet can add to the bytes that it brings: those of JPEG, start codes. */
  private static final int MOST_ADDED_BYTES = 1024;

  private static final String[] PARAMETERS = {
    "",
    "sprop-max-don-diff=1",
    "config=000001b0",
    "sprop-parameter-sets=Z0LAH9kA,,aM;x;=;sprop-vps=a"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {"H264", "H265", "H266", "AV1", "VP8", "VP9", "MP4V-ES", "MPV", "JPEG", "PCMU"})
  void randomBytes(String encoding) {
    Random random = new Random(encoding.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      try (Feed feed = new Feed(new PayloadFormat(encoding, 96, 0, 0, PARAMETERS[round % 4]))) {
        for (int i = 0; i < PACKETS; i++) {
          byte[] packet = new byte[12 + random.nextInt(random.nextInt(5) == 0 ? 600 : 24)];
          random.nextBytes(packet);
          for (int at = 13; at < packet.length; at++) {
            packet[at] = random.nextInt(3) == 0 ? (byte) random.nextInt(3) : packet[at];
          }
          feed.packet(packet, random);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264", "slices", "refresh", "h265", "av1", "vp8", "vp9", "mpeg4", "mpeg2", "jpeg"
      })
  void changedPackets(String name) throws IOException {
    Capture capture = Capture.load(name);
    Random random = new Random(name.hashCode());
    for (int round = 0; round < ROUNDS / 5; round++) {
      try (Feed feed = new Feed(capture.format())) {
        for (byte[] original : capture.packets()) {
          int length = random.nextInt(4) == 0 ? random.nextInt(12, original.length) : -1;
          byte[] packet = Arrays.copyOf(original, length < 0 ? original.length : length);
          for (int change = random.nextInt(4); change > 0; change--) {
            packet[random.nextInt(1, Math.min(packet.length, 40))] = (byte) random.nextInt();
          }
          packet[1] = (byte) (capture.format().payloadType() | (packet[1] & 0x80));
          feed.packet(packet, null);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"H264", "H265", "AV1", "VP8", "MP4V-ES", "MPV", "JPEG"})
  void aFrameHasABound(String encoding) {
    try (Feed feed = new Feed(new PayloadFormat(encoding, 96, 90_000, 0, ""))) {
      byte[] start = FormatScript.bytes(first(encoding));
      byte[] packet = new byte[12 + 60_000];
      System.arraycopy(start, 0, packet, 12, start.length);
      for (int i = 0; i < 300; i++) {
        feed.same(packet, i);
        if (encoding.equals("H264") && i == 0) {
          packet[13] = 0x05; // a fragment inside
        }
      }
      packet[12] ^= 0x40; // other than before: anything
      feed.next();
      assertThat(feed.largest).isLessThanOrEqualTo(Depacketizer.MOST_FRAME_BYTES);
    }
  }

  private static String first(String encoding) {
    return switch (encoding) {
      case "H264" -> "7c85 88";
      case "H265" -> "0201 d0";
      case "AV1" -> "10 30";
      case "VP8" -> "10 00";
      case "MP4V-ES" -> "000001b6 00";
      case "MPV" -> "00000000 00000100";
      default -> "00000000 00 40 08 08";
    };
  }

  @Test
  void packetsOfAByteAreFewParts() {
    FrameBuilder builder = new FrameBuilder(0, 1 << 20);
    ByteBuf one = Unpooled.wrappedBuffer(new byte[1]);
    for (int i = 0; i < 100_000; i++) {
      builder.append(one, 0, 1);
    }
    assertThat(one.refCnt()).isEqualTo(1);
    assertThat(builder.size()).isEqualTo(100_000);
    builder.release();
  }

  /** A depacketizer, and what comes out of it. */
  private static final class Feed implements AutoCloseable {
    private final Depacketizer depacketizer;
    private final List<ByteBuf> packets = new ArrayList<>();
    private final int payloadType;
    private long in;
    private long out;
    private int largest;
    private int sequence;

    Feed(PayloadFormat format) {
      payloadType = format.payloadType();
      depacketizer = PayloadFormats.depacketizer(0, format, this::take).orElseThrow();
    }

    private void take(Frame frame) {
      int bytes = frame.content().readableBytes();
      out += bytes;
      largest = Math.max(largest, bytes);
      for (int i = 0; i < frame.unitCount(); i++) {
        frame.unit(i);
      }
      frame.release();
    }

    /** A packet; with a random source its header is a likely one. */
    void packet(byte[] bytes, @Nullable Random random) {
      if (random != null) {
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) (payloadType | (random.nextInt(3) == 0 ? 0x80 : 0));
        sequence += random.nextInt(8) == 0 ? random.nextInt(300) - 150 : 1;
        int time = sequence / 5;
        header(bytes, sequence, time);
      } else {
        bytes[0] = (byte) 0x80;
      }
      give(bytes);
    }

    void same(byte[] bytes, int number) {
      bytes[0] = (byte) 0x80;
      bytes[1] = (byte) payloadType;
      header(bytes, number, 1);
      give(bytes.clone());
      sequence = number;
    }

    /** The frame is over. */
    void next() {
      byte[] bytes = new byte[20];
      bytes[0] = (byte) 0x80;
      bytes[1] = (byte) payloadType;
      header(bytes, sequence + 1, 9000);
      give(bytes);
    }

    private static void header(byte[] bytes, int sequence, int time) {
      Unpooled.wrappedBuffer(bytes).setShort(2, sequence).setInt(4, time);
    }

    private void give(byte[] bytes) {
      ByteBuf packet = Unpooled.wrappedBuffer(bytes);
      packets.add(packet);
      in += bytes.length;
      depacketizer.packet(new FormatScript.Header(packet, 0), packet, 0, 0);
    }

    @Override
    public void close() {
      depacketizer.reset();
      assertThat(out).isLessThanOrEqualTo(in + (long) MOST_ADDED_BYTES * packets.size());
      assertThat(packets).allMatch(packet -> packet.refCnt() == 1);
    }
  }
}
