package dev.photofinish.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads fragmented MP4 by the standard, apart from the code that writes it: boxes, and the samples
 * of its fragments.
 */
public final class Boxes {
  private static final Set<String> PARENTS =
      Set.of("moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf");

  private Boxes() {}

  /**
   * A sample of a fragment.
   *
   * @param data in hexadecimal
   */
  public record Sample(
      int track, long decodeTime, long time, long duration, boolean sync, String data) {}

  /** The paths of all boxes in their order, such as {@code moov/trak/tkhd}. */
  public static List<String> paths(byte[] file) {
    List<String> paths = new ArrayList<>();
    walk(Unpooled.wrappedBuffer(file), "", paths);
    return paths;
  }

  private static void walk(ByteBuf in, String parent, List<String> paths) {
    while (in.isReadable()) {
      ByteBuf box = box(in);
      String path = parent + type(box);
      paths.add(path);
      if (PARENTS.contains(type(box))) {
        walk(box.slice(8, box.capacity() - 8), path + "/", paths);
      }
    }
  }

  private static ByteBuf box(ByteBuf in) {
    return in.readSlice(in.getInt(in.readerIndex()));
  }

  private static String type(ByteBuf box) {
    return box.toString(4, 4, StandardCharsets.US_ASCII);
  }

  /** The content of the first box of a type, at any depth. */
  public static byte[] content(byte[] file, String type) {
    byte[] wanted = type.getBytes(StandardCharsets.US_ASCII);
    for (int i = 4; i + 4 <= file.length; i++) {
      if (Arrays.equals(wanted, Arrays.copyOfRange(file, i, i + 4))) {
        int length = Unpooled.wrappedBuffer(file).getInt(i - 4);
        return Arrays.copyOfRange(file, i + 4, i - 4 + length);
      }
    }
    throw new AssertionError("no box " + type);
  }

  /** The samples of one track, numbered from 1. */
  public static List<Sample> samples(byte[] file, int track) {
    return samples(file).getOrDefault(track, List.of());
  }

  /**
   * The samples of all whole fragments, by track, as a player reads them; a torn end is ignored.
   */
  public static Map<Integer, List<Sample>> samples(byte[] file) {
    Map<Integer, List<Sample>> samples = new TreeMap<>();
    ByteBuf in = Unpooled.wrappedBuffer(file);
    while (in.readableBytes() >= 8) {
      int start = in.readerIndex();
      int length = in.getInt(start);
      if (length > in.readableBytes()) {
        break;
      }
      ByteBuf box = in.readSlice(length);
      boolean fragment = type(box).equals("moof") && in.readableBytes() >= 8;
      if (fragment && in.getInt(in.readerIndex()) <= in.readableBytes()) {
        for (ByteBuf at = box.slice(8, length - 8); at.isReadable(); ) {
          ByteBuf child = box(at);
          if (type(child).equals("traf")) {
            run(child.slice(8, child.capacity() - 8), file, start, samples);
          }
        }
      }
    }
    return samples;
  }

  private static void run(ByteBuf in, byte[] file, int moof, Map<Integer, List<Sample>> samples) {
    int track = box(in).getInt(12);
    long time = box(in).getLong(12);
    ByteBuf run = box(in);
    int flags = run.getMedium(9);
    int count = run.getInt(12);
    int at = moof + run.getInt(16);
    run.readerIndex(20);
    for (int i = 0; i < count; i++) {
      long duration = run.readUnsignedInt();
      int size = run.readInt();
      boolean sync = (run.readInt() & 0x1_0000) == 0;
      int offset = (flags & 0x800) != 0 ? run.readInt() : 0;
      String data = HexFormat.of().formatHex(file, at, at + size);
      samples
          .computeIfAbsent(track, none -> new ArrayList<>())
          .add(new Sample(track, time, time + offset, duration, sync, data));
      time += duration;
      at += size;
    }
  }
}
