package dev.photofinish.rtp;

import dev.photofinish.rtp.RtcpPacket.Chunk;
import dev.photofinish.rtp.RtcpPacket.FullIntraRequest;
import dev.photofinish.rtp.RtcpPacket.Goodbye;
import dev.photofinish.rtp.RtcpPacket.IntraEntry;
import dev.photofinish.rtp.RtcpPacket.Item;
import dev.photofinish.rtp.RtcpPacket.PictureLoss;
import dev.photofinish.rtp.RtcpPacket.ReceiverReport;
import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import dev.photofinish.rtp.RtcpPacket.SenderReport;
import dev.photofinish.rtp.RtcpPacket.SourceDescription;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes RTCP (RFC 3550 section 6). */
final class RtcpWriter {
  private static final int MOST_PARTS = 31;
  private static final int LONGEST_TEXT = 255;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private RtcpWriter() {}

  static byte[] write(List<RtcpPacket> compound) {
    var all = new ByteArrayOutputStream();
    for (RtcpPacket packet : compound) {
      all.writeBytes(new RtcpWriter().packet(packet));
    }
    return all.toByteArray();
  }

  private byte[] packet(RtcpPacket packet) {
    if (packet instanceof SenderReport report) {
      return senderReport(report);
    }
    if (packet instanceof ReceiverReport report) {
      uint(report.ssrc());
      report.blocks().forEach(this::block);
      return finish(RtcpPacket.RECEIVER_REPORT, report.blocks().size());
    }
    if (packet instanceof SourceDescription description) {
      description.chunks().forEach(this::chunk);
      return finish(RtcpPacket.SOURCE_DESCRIPTION, description.chunks().size());
    }
    if (packet instanceof Goodbye goodbye) {
      return goodbye(goodbye);
    }
    if (packet instanceof PictureLoss loss) {
      uint(loss.ssrc());
      uint(loss.source());
      return finish(RtcpPacket.PAYLOAD_FEEDBACK, RtcpReader.PICTURE_LOSS);
    }
    if (packet instanceof FullIntraRequest request) {
      return fullIntra(request);
    }
    throw new IllegalArgumentException("Cannot write " + packet);
  }

  private byte[] senderReport(SenderReport report) {
    uint(report.ssrc());
    uint(report.ntpTime() >>> 32);
    uint(report.ntpTime());
    uint(report.rtpTime());
    uint(report.packets());
    uint(report.octets());
    report.blocks().forEach(this::block);
    return finish(RtcpPacket.SENDER_REPORT, report.blocks().size());
  }

  private void block(ReportBlock block) {
    uint(block.ssrc());
    uint(((long) block.fractionLost() << 24) | (block.cumulativeLost() & 0xffffff));
    uint(block.highestSequence());
    uint(block.jitter());
    uint(block.lastReport());
    uint(block.delaySinceLastReport());
  }

  private void chunk(Chunk chunk) {
    uint(chunk.ssrc());
    for (Item item : chunk.items()) {
      out.write(item.type());
      text(item.text());
    }
    out.write(0);
    pad();
  }

  private byte[] goodbye(Goodbye goodbye) {
    goodbye.sources().forEach(this::uint);
    if (!goodbye.reason().isEmpty()) {
      text(goodbye.reason());
      pad();
    }
    return finish(RtcpPacket.GOODBYE, goodbye.sources().size());
  }

  private byte[] fullIntra(FullIntraRequest request) {
    uint(request.ssrc());
    uint(0); // the source is that of each entry
    for (IntraEntry entry : request.entries()) {
      uint(entry.source());
      uint((long) entry.command() << 24);
    }
    return finish(RtcpPacket.PAYLOAD_FEEDBACK, RtcpReader.FULL_INTRA);
  }

  private void uint(long value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_TEXT) {
      throw new IllegalArgumentException("At most 255 bytes: " + bytes.length);
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }

  /** Puts the header in front, whose length counts the words behind it. */
  private byte[] finish(int type, int count) {
    if (count > MOST_PARTS) {
      throw new IllegalArgumentException("At most 31 parts in a packet: " + count);
    }
    byte[] body = out.toByteArray();
    out.reset();
    uint((((2L << 6) | count) << 24) | ((long) type << 16) | (body.length / 4));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
