package dev.photofinish.benchmarks.relay;

import dev.photofinish.benchmarks.stream.PacedVideo;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * H.264 in name: parameter sets that are true, and slices of a packet each that hold the time at
 * which they were sent. A key frame a second is as large as five other frames. The rate may change
 * while it is sent.
 */
final class StampedVideo implements PacedVideo {
  private static final int TICKS = 90_000 / FRAMES_A_SECOND;
  private static final int MOST_PAYLOAD = 1_400;
  private static final int LEAST_PAYLOAD = 64;
  private static final int KEY_WEIGHT = 5;

  /** Of a video of 640 x 480, Constrained Baseline. */
  private static final byte[] SPS = Base64.getDecoder().decode("Z0LAHtkAoD2wEQAAAwABAAADADIPFi5I");

  private static final byte[] PPS = Base64.getDecoder().decode("aMuDyyA=");

  private volatile int frameBytes;
  private int sequence;
  private int timestamp;
  private long frames;

  StampedVideo(double mbits) {
    rate(mbits);
  }

  /** Sends at another rate from the next frame on. */
  void rate(double mbits) {
    frameBytes = (int) (mbits * 1e6 / 8 / (FRAMES_A_SECOND - 1 + KEY_WEIGHT));
  }

  @Override
  public String description() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=benchmark\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        + "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42c01e;"
        + "sprop-parameter-sets="
        + base64.encodeToString(SPS)
        + ","
        + base64.encodeToString(PPS)
        + "\r\na=control:track1\r\n";
  }

  @Override
  public Packets next() {
    boolean key = frames++ % FRAMES_A_SECOND == 0;
    int bytes = Math.max(LEAST_PAYLOAD, key ? KEY_WEIGHT * frameBytes : frameBytes);
    int slices = (bytes + MOST_PAYLOAD - 1) / MOST_PAYLOAD;
    ByteBuffer out = ByteBuffer.allocate((slices + 2) * (MOST_PAYLOAD + 16));
    if (key) {
      header(out, SPS.length, false).put(SPS);
      header(out, PPS.length, false).put(PPS);
    }
    long now = System.nanoTime();
    for (int slice = 0; slice < slices; slice++) {
      header(out, bytes / slices, slice == slices - 1);
      slice(out, bytes / slices, key, slice == 0, now);
    }
    timestamp += TICKS;
    byte[] packets = new byte[out.flip().remaining()];
    out.get(packets);
    return new Packets(packets, key);
  }

  private ByteBuffer header(ByteBuffer out, int payload, boolean marker) {
    out.put((byte) '$').put((byte) 0).putShort((short) (12 + payload));
    out.put((byte) 0x80).put((byte) (marker ? 0xe0 : 0x60)).putShort((short) sequence++);
    return out.putInt(timestamp).putInt(0x1234_5678);
  }

  /** Its header says whether it is the first of its picture, and of which type it is. */
  private static void slice(ByteBuffer out, int length, boolean key, boolean first, long now) {
    int begin = out.position();
    out.put((byte) (key ? 0x65 : 0x41));
    out.put((byte) (first ? (key ? 0x88 : 0x9a) : (key ? 0x42 : 0x46)));
    int payload = out.position();
    while (out.position() < begin + length) {
      out.put((byte) 0x55);
    }
    Stamp.put(out, payload, now);
  }
}
