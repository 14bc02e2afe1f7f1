package dev.photofinish.rtsp.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Depacketizers against whatever a fuzzer finds: no exception, no more bytes out than came in, and
 * nothing of a packet retained when the frames are released.
 *
 * <p>The normal test run replays the seeds beside this class's resources; with {@code
 * JAZZER_FUZZ=1} the fuzzer searches.
 */
class FormatsFuzz {
  private static final int PAYLOAD_TYPE = 96;
  private static final int TICKS = 3000;

  /** An ADU of MP3 is a frame of its bit rate: 1441 bytes may come of 14. */
  private static final int MOST_MP3_FACTOR = 103;

  /** Bytes that a packet can add to those that it brings: a JPEG header, start codes. */
  private static final int MOST_ADDED_BYTES = 1024;

  /** The first byte of a seed is an index of this list: new ones stand at its end. */
  private static final List<PayloadFormat> FORMATS =
      List.of(
          video("H264", "packetization-mode=1"),
          video("H265", ""),
          video("H265", "sprop-max-don-diff=1"),
          video("H266", ""),
          video("AV1", ""),
          video("VP8", ""),
          video("VP9", ""),
          video("MP4V-ES", ""),
          video("MPV", ""),
          video("JPEG", ""),
          audio("mpeg4-generic", "mode=AAC-hbr;config=1190;sizelength=13;indexlength=3"),
          audio("mpeg4-generic", "mode=AAC-lbr;sizelength=6;indexlength=2"),
          audio("MP4A-LATM", "cpresent=0;config=400026203fc0"),
          audio("MP4A-LATM", ""),
          audio("opus", ""),
          audio("MPA", ""),
          audio("AC3", ""),
          audio("PCMU", ""),
          audio("L24", ""),
          audio("G726-40", ""),
          video("MP2T", ""),
          video("vnd.onvif.metadata", ""),
          video("SMPTE336M", ""),
          video("MPA-ROBUST", ""));

  private static PayloadFormat video(String encoding, String parameters) {
    return new PayloadFormat(encoding, PAYLOAD_TYPE, 90_000, 0, parameters);
  }

  private static PayloadFormat audio(String encoding, String parameters) {
    return new PayloadFormat(encoding, PAYLOAD_TYPE, 48_000, 2, parameters);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("The property does not hold");
    }
  }

  /**
   * A byte for the format, then packets: a byte with the marker (0x80), a new timestamp (0x40), a
   * new connection (0x20) and how many were lost before (0x1f), two bytes of length, the payload.
   */
  @FuzzTest(maxDuration = "30s")
  void packets(byte[] data) throws RtpFormatException {
    ByteBuf in = Unpooled.wrappedBuffer(data);
    if (in.isReadable()) {
      Run run = new Run(FORMATS.get(in.readUnsignedByte() % FORMATS.size()));
      while (in.readableBytes() > 3) {
        int flags = in.readUnsignedByte();
        int length = Math.min(in.readUnsignedShort(), in.readableBytes());
        run.packet(flags, in.readSlice(length));
      }
      run.end();
    }
  }

  /** A byte for the format, the clock rate and the channels each, then format parameters. */
  @FuzzTest(maxDuration = "30s")
  void parameters(byte[] data) {
    if (data.length > 2) {
      String text = new String(data, 3, data.length - 3, StandardCharsets.ISO_8859_1);
      String encoding = FORMATS.get((data[0] & 0xff) % FORMATS.size()).encoding();
      PayloadFormat format = new PayloadFormat(encoding, 96, data[1] * 1000, data[2], text);
      var depacketizer = PayloadFormats.depacketizer(0, format, Frame::release);
      require(depacketizer.isPresent() == PayloadFormats.problem(format).isEmpty());
      depacketizer.ifPresent(made -> require(made.format().clockRate() >= 0));
    }
  }

  /** The packets of one stream. */
  private static final class Run {
    private final Depacketizer depacketizer;
    private final int factor;
    private final List<ByteBuf> packets = new ArrayList<>();
    private int sequence = 65_530;
    private int timestamp = -TICKS;
    private long came;
    private long gone;

    Run(PayloadFormat format) {
      depacketizer = PayloadFormats.depacketizer(0, format, this::take).orElseThrow();
      factor = format.encoding().equals("MPA-ROBUST") ? MOST_MP3_FACTOR : 1;
    }

    private void take(Frame frame) {
      int bytes = 0;
      for (int i = 0; i < frame.unitCount(); i++) {
        bytes += frame.unit(i).readableBytes();
      }
      require(bytes <= frame.content().readableBytes());
      require(frame.content().readableBytes() <= Depacketizer.MOST_FRAME_BYTES);
      require(frame.duration() >= 0 && frame.lost() >= 0);
      gone += frame.content().readableBytes();
      frame.release();
    }

    void packet(int flags, ByteBuf payload) throws RtpFormatException {
      if ((flags & 0x20) != 0) {
        depacketizer.reset();
      }
      timestamp += (flags & 0x40) != 0 ? TICKS : 0;
      sequence += flags & 0x1f;
      ByteBuf packet = Unpooled.buffer(12 + payload.readableBytes());
      packet.writeByte(0x80).writeByte(PAYLOAD_TYPE | (flags & 0x80)).writeShort(sequence++);
      packet.writeInt(timestamp).writeInt(1).writeBytes(payload);
      packets.add(packet);
      came += packet.readableBytes();
      depacketizer.packet(new HeaderOf(packet), packet, 0, packets.size());
    }

    void end() {
      depacketizer.reset();
      require(gone <= came * factor + (long) MOST_ADDED_BYTES * packets.size());
      packets.forEach(packet -> require(packet.refCnt() == 1));
    }
  }
}
