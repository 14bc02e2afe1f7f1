package dev.photofinish.benchmarks.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Two seconds of H.264 that FFmpeg encodes, as interleaved RTP packets that are numbered again for
 * each time that they are sent.
 */
public final class TestVideo implements PacedVideo {
  private static final int SECONDS = 2;
  private static final int TICKS = 90_000 / FRAMES_A_SECOND;
  private static final int PAYLOAD = 1400;
  private static final int RTP_HEADER = 12;
  private static final int HEADERS = 4 + RTP_HEADER;
  private static final int DELIMITER = 9;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int IDR = 5;

  private final List<Packets> frames = new ArrayList<>();
  private final int payload;
  private String parameterSets = "";
  private int sequence;
  private int timestamp;

  private TestVideo(int payload) {
    this.payload = payload;
  }

  /** Encodes it, at that many Mbit/s. */
  public static TestVideo encode(int mbits) throws IOException, InterruptedException {
    return encode(mbits, RTP_HEADER + PAYLOAD);
  }

  /**
   * Encodes it, at that many Mbit/s.
   *
   * @param length bytes of the longest packet
   */
  public static TestVideo encode(int mbits, int length) throws IOException, InterruptedException {
    Path file = Files.createTempFile("video", ".h264");
    String[] command =
        ("ffmpeg -y -v error -f lavfi -i testsrc2=size=1280x720:rate=%d:duration=%d -vf noise=alls=20"
                + " -c:v libx264 -preset veryfast -profile:v high -bf 0 -g 50 -b:v %dM -minrate %dM"
                + " -maxrate %dM -bufsize 1M -x264-params aud=1:nal-hrd=cbr -f h264 %s")
            .formatted(FRAMES_A_SECOND, SECONDS, mbits, mbits, mbits, file)
            .split(" ", -1);
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("FFmpeg could not encode: exit code " + exit);
      }
      TestVideo video = new TestVideo(length - RTP_HEADER);
      video.read(Files.readAllBytes(file));
      return video;
    } finally {
      Files.delete(file);
    }
  }

  /** Frames begin with a delimiter. */
  private void read(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int begin = afterStartCode(stream, 0);
    while (begin < stream.length) {
      int next = afterStartCode(stream, begin);
      int end = next == Integer.MAX_VALUE ? stream.length : next - 3;
      while (end > begin && stream[end - 1] == 0) {
        end--;
      }
      byte[] unit = Arrays.copyOfRange(stream, begin, end);
      if (type(unit) == DELIMITER && !units.isEmpty()) {
        frames.add(packets(units));
        units.clear();
      }
      if (frames.isEmpty() && (type(unit) == SPS || type(unit) == PPS)) {
        String set = Base64.getEncoder().encodeToString(unit);
        parameterSets += parameterSets.isEmpty() ? set : "," + set;
      }
      units.add(unit);
      begin = next;
    }
    frames.add(packets(units));
  }

  private static int afterStartCode(byte[] stream, int from) {
    for (int i = from; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        return i + 3;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static int type(byte[] unit) {
    return unit[0] & 0x1f;
  }

  private Packets packets(List<byte[]> units) {
    ByteBuffer out = ByteBuffer.allocate(1 << 21);
    boolean key = false;
    for (byte[] unit : units) {
      key |= type(unit) == IDR;
      boolean last = unit == units.get(units.size() - 1);
      if (unit.length <= payload) {
        header(out, unit.length, last).put(unit);
      } else {
        fragments(out, unit, last);
      }
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return new Packets(bytes, key);
  }

  private void fragments(ByteBuffer out, byte[] unit, boolean last) {
    for (int at = 1; at < unit.length; ) {
      int length = Math.min(payload - 2, unit.length - at);
      boolean end = at + length == unit.length;
      header(out, length + 2, last && end);
      out.put((byte) ((unit[0] & 0xe0) | 28));
      out.put((byte) ((at == 1 ? 0x80 : 0) | (end ? 0x40 : 0) | type(unit)));
      out.put(unit, at, length);
      at += length;
    }
  }

  private static ByteBuffer header(ByteBuffer out, int bytes, boolean marker) {
    out.put((byte) '$').put((byte) 0).putShort((short) (RTP_HEADER + bytes));
    out.put((byte) 0x80).put((byte) (marker ? 0xe0 : 0x60)).putShort((short) 0);
    return out.putInt(0).putInt(0x1234_5678);
  }

  @Override
  public String description() {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=benchmark\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        + "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets="
        + parameterSets
        + "\r\na=control:track1\r\n";
  }

  /** The frames over and over, with the next numbers. */
  @Override
  public Packets next() {
    Packets frame = frames.get((int) (Integer.toUnsignedLong(timestamp) / TICKS % frames.size()));
    ByteBuffer packets = ByteBuffer.wrap(frame.bytes());
    for (int at = 0; at < packets.capacity(); ) {
      packets.putShort(at + 6, (short) sequence++).putInt(at + 8, timestamp);
      at += HEADERS - RTP_HEADER + (packets.getShort(at + 2) & 0xffff);
    }
    timestamp += TICKS;
    return frame;
  }
}
