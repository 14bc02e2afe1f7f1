package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtsp.key.LocalSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The source of the audio that we send on one connection: numbers and times its packets (RFC 3550
 * section 5.1), and reports on them (section 6.4.1).
 *
 * <p>Packets follow each other without a gap as long as they are sent about as fast as they are to
 * be heard. Where one comes later than that, there was silence: it begins a talkspurt, is marked,
 * and its timestamp says how long the silence was (RFC 3551 section 4.1).
 */
public final class AudioSource {
  /** So late a packet may be that still continues the one before. */
  private static final long LATE = Duration.ofMillis(200).toNanos();

  private static final int HEADER = 12;
  private static final byte VERSION = (byte) 0x80;
  private static final int MARKER = 0x80;
  private static final double NANOS = 1e9;

  private final LocalSource local;
  private final RtcpPacket description;
  private int sequence;

  /** RTP time of the next packet, if it continues the one before, and when that is due. */
  private int timestamp;

  private long dueAt;
  private int clockRate = 1;
  private boolean begun;
  private long packets;
  private long octets;
  private boolean unreported;

  /**
   * A source that has not sent yet.
   *
   * @param random draws where numbers and timestamps begin
   */
  public AudioSource(LocalSource local, RandomGenerator random) {
    this.local = local;
    this.description = ReceiverReports.description(local.ssrc());
    this.sequence = random.nextInt(1 << Short.SIZE);
    this.timestamp = random.nextInt();
  }

  /** Timestamps go by this clock from now on. */
  void clockRate(int rate) {
    clockRate = rate;
  }

  /** Whether the next packet is the first. */
  boolean isNew() {
    return !begun;
  }

  /**
   * The next packet.
   *
   * @param samples that the payload has, in units of the RTP clock
   */
  byte[] packet(int payloadType, byte[] payload, int samples, long now) {
    boolean talkspurt = !begun || now - dueAt > LATE;
    if (talkspurt) {
      timestamp = timestampAt(now);
      dueAt = now;
      begun = true;
    }
    ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length);
    packet.put(VERSION).put((byte) (payloadType | (talkspurt ? MARKER : 0)));
    packet.putShort((short) sequence++).putInt(timestamp).putInt((int) local.ssrc()).put(payload);
    timestamp += samples;
    dueAt += Math.round(samples * NANOS / clockRate);
    packets++;
    octets += payload.length;
    unreported = true;
    return packet.array();
  }

  private int timestampAt(long now) {
    return begun ? timestamp + (int) Math.round((now - dueAt) * clockRate / NANOS) : timestamp;
  }

  /** A compound packet with a sender report; null when nothing was sent since the last one. */
  byte @Nullable [] report(long now) {
    return unreported ? write(now) : null;
  }

  /** A sender report before the first packet: from it on the camera knows the time of each. */
  byte[] firstReport(long now) {
    return write(now);
  }

  private byte[] write(long now) {
    unreported = false;
    var report =
        new RtcpPacket.SenderReport(
            local.ssrc(),
            local.ntpTime(),
            timestampAt(now) & 0xffffffffL,
            packets & 0xffffffffL,
            octets & 0xffffffffL,
            List.of());
    return RtcpPacket.write(List.of(report, description));
  }
}
