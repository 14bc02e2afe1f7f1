package dev.photofinish.media;

import dev.photofinish.media.Programs.Packet;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Frames of files that FFmpeg wrote, as a depacketizer would give them. */
public final class Media {
  private Media() {}

  /** The NAL units of an Annex B stream. */
  static List<byte[]> nalUnits(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          units.add(unit(stream, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    units.add(unit(stream, start, stream.length));
    return units;
  }

  private static byte[] unit(byte[] stream, int from, int to) {
    int end = to;
    while (end > from && stream[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOfRange(stream, from, end);
  }

  /** The parameter sets of an Annex B stream, those before its first slice. */
  static List<ByteBuf> parameterSets(Path stream, Codec codec) throws Exception {
    List<ByteBuf> sets = new ArrayList<>();
    for (byte[] unit : nalUnits(Files.readAllBytes(stream))) {
      int type = codec == Codec.H264 ? unit[0] & 0x1f : unit[0] >> 1 & 0x3f;
      boolean set = codec == Codec.H264 ? type == 7 || type == 8 : type >= 32 && type <= 34;
      if (!set && !sets.isEmpty()) {
        break;
      }
      if (set) {
        sets.add(FrameFormat.parameterSet(unit));
      }
    }
    return sets;
  }

  /** The frames of a stream of an MP4 file, in the order of the file. */
  static List<Frame> frames(Path folder, String file, int stream, int track, FrameFormat format)
      throws Exception {
    List<Frame> frames = new ArrayList<>();
    try (RandomAccessFile in = new RandomAccessFile(folder.resolve(file).toFile(), "r")) {
      for (Packet packet : Programs.packets(folder, file)) {
        if (packet.stream() == stream) {
          byte[] bytes = new byte[packet.size()];
          in.seek(packet.position());
          in.readFully(bytes);
          frames.add(frame(bytes, packet, track, format));
        }
      }
    }
    return frames;
  }

  private static Frame frame(byte[] bytes, Packet packet, int track, FrameFormat format) {
    RandomAccess access = packet.key() ? RandomAccess.IDR : RandomAccess.NONE;
    int[] units = {};
    if (format.codec().hasNalUnits()) {
      units = startCodes(bytes);
    } else if (format.codec() == Codec.AV1) {
      units = obus(bytes);
    }
    long rate = format.clockRate(); // the exact time, as a depacketizer has it
    long nanos = Math.round(packet.time() * rate / 1e6) * 1_000_000_000L / rate;
    return Frame.of(track, format, Unpooled.wrappedBuffer(bytes), units, 0, access, false)
        .at(new FrameTime(nanos, true, null, false));
  }

  /** Makes start codes of lengths; where they are. */
  private static int[] startCodes(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    List<Integer> units = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int length = in.getInt(at);
      in.setInt(at, 1);
      units.add(at);
      at += 4 + length;
    }
    return units.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] obus(byte[] bytes) {
    List<Integer> units = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      units.add(at);
      int size = 0;
      int shift = 0;
      int from = at + 1;
      do {
        size |= (bytes[from] & 0x7f) << shift;
        shift += 7;
      } while (bytes[from++] < 0);
      at = from + size;
    }
    return units.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Of several media, in the order of a stream. */
  @SafeVarargs
  static List<Frame> interleave(List<Frame>... media) {
    List<Frame> all = new ArrayList<>();
    for (List<Frame> of : media) {
      all.addAll(of);
    }
    // B-frames keep their order within their media: the time to sort by must rise.
    List<Long> keys = new ArrayList<>();
    long[] latest = new long[media.length];
    Arrays.fill(latest, Long.MIN_VALUE);
    for (Frame frame : all) {
      latest[frame.track()] = Math.max(latest[frame.track()], frame.time());
      keys.add(latest[frame.track()]);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(keys::get));
    return order.stream().map(all::get).toList();
  }
}
