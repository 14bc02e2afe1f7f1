package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Captured packets through a depacketizer, some of them lost. */
final class LossyRun {
  /**
   * A frame, as far as it is compared.
   *
   * @param content its {@link #digest}
   * @param group of the packet that brought its end
   */
  record Seen(String content, boolean damaged, int lost, long group) {}

  private final List<Seen> frames = new ArrayList<>();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Groups of packets that were lost. */
  private final Set<Long> hit = new HashSet<>();

  private int lost;

  /**
   * @param inParts whether a frame may come in several packets: then those of one timestamp are a
   *     group, else each is
   * @param percent of the packets are lost, but never the first or the last
   */
  LossyRun(PayloadFormat format, List<byte[]> packets, boolean inParts, int percent, long seed) {
    Random random = new Random(seed);
    long[] group = {0};
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, format, frame -> frames.add(seen(frame, group[0])))
            .orElseThrow();
    for (int i = 0; i < packets.size(); i++) {
      ByteBuf packet = Unpooled.wrappedBuffer(packets.get(i));
      group[0] = inParts ? packet.getUnsignedInt(4) : i;
      if (i > 0 && i < packets.size() - 1 && random.nextInt(100) < percent) {
        hit.add(group[0]);
        lost++;
      } else {
        depacketizer.packet(FormatScript.header(packet, 0), packet, 0, i);
      }
    }
  }

  private Seen seen(Frame frame, long group) {
    byte[] content = ByteBufUtil.getBytes(frame.content());
    bytes.writeBytes(content);
    Seen seen = new Seen(digest(content), frame.isDamaged(), frame.lost(), group);
    frame.release();
    return seen;
  }

  /** A short text for bytes. */
  static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return bytes.length + ":" + ByteBufUtil.hexDump(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Of all frames, one after the other. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  List<Seen> frames() {
    return frames;
  }

  /** The content of those that are whole. */
  List<String> whole() {
    return frames.stream().filter(frame -> !frame.damaged()).map(Seen::content).toList();
  }

  Set<Long> hit() {
    return hit;
  }

  int lost() {
    return lost;
  }
}
