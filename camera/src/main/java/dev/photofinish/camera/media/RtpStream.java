package dev.photofinish.camera.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The sender's side of one RTP stream (RFC 3550): its SSRC, sequence numbers, timestamps and sender
 * reports.
 */
public final class RtpStream {

  private static final int VERSION = 2 << 6;
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int BYE = 203;
  private static final int CNAME = 1;
  private static final byte[] NAME = "photofinish".getBytes(StandardCharsets.US_ASCII);

  /** Seconds from 1900, where NTP starts, to 1970. */
  private static final long NTP_OFFSET = 2_208_988_800L;

  private final RandomGenerator random;
  private final int payloadType;
  private int ssrc;
  private int sequence;
  private int timestampOffset;
  private int packets;
  private int octets;

  /**
   * @param random where SSRC and the initial values come from (RFC 3550 section 5.1)
   */
  public RtpStream(RandomGenerator random, int payloadType) {
    this.random = random;
    this.payloadType = payloadType;
    restart();
  }

  /** Becomes another source, as an encoder does that restarts. */
  public void restart() {
    ssrc = random.nextInt();
    sequence = random.nextInt(0x10000);
    timestampOffset = random.nextInt();
    packets = 0;
    octets = 0;
  }

  public int ssrc() {
    return ssrc;
  }

  /** The sequence number of the next packet. */
  public int sequence() {
    return sequence;
  }

  /** The RTP timestamp that stands for {@code timestamp} of the source, as an unsigned number. */
  public long rtpTime(long timestamp) {
    return (timestamp + timestampOffset) & 0xffff_ffffL;
  }

  /** The next packet, RFC 3550 section 5.1. */
  public byte[] packet(byte[] payload, long timestamp, boolean marker) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
    packet.put((byte) VERSION).put((byte) (payloadType | (marker ? 0x80 : 0)));
    packet.putShort((short) sequence).putInt((int) rtpTime(timestamp)).putInt(ssrc).put(payload);
    sequence = (sequence + 1) & 0xffff;
    packets++;
    octets += payload.length;
    return packet.array();
  }

  /**
   * A sender report with a source description, RFC 3550 section 6.
   *
   * @param timestamp of the source at {@code unixNanos}
   * @param unixNanos wall clock time, nanoseconds since 1970
   */
  public byte[] senderReport(long timestamp, long unixNanos) {
    ByteBuffer report = ByteBuffer.allocate(28 + descriptionLength());
    report.put((byte) VERSION).put((byte) SENDER_REPORT).putShort((short) 6).putInt(ssrc);
    report.putInt((int) (unixNanos / 1_000_000_000L + NTP_OFFSET));
    report.putInt((int) (unixNanos % 1_000_000_000L * 0x1_0000_0000L / 1_000_000_000L));
    report.putInt((int) rtpTime(timestamp)).putInt(packets).putInt(octets);
    report.put((byte) (VERSION | 1)).put((byte) SOURCE_DESCRIPTION);
    report.putShort((short) (descriptionLength() / 4 - 1)).putInt(ssrc);
    report.put((byte) CNAME).put((byte) NAME.length).put(NAME);
    return report.array();
  }

  /** RTCP BYE, behind an empty receiver report; RFC 3550 section 6.6. */
  public byte[] goodbye() {
    ByteBuffer packet = ByteBuffer.allocate(16);
    packet.put((byte) VERSION).put((byte) RECEIVER_REPORT).putShort((short) 1).putInt(ssrc);
    packet.put((byte) (VERSION | 1)).put((byte) BYE).putShort((short) 1).putInt(ssrc);
    return packet.array();
  }

  /** Header, SSRC, one item and at least one zero byte, in whole words. */
  private static int descriptionLength() {
    return (8 + 2 + NAME.length) / 4 * 4 + 4;
  }
}
