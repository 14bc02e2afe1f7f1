package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One source of RTP made of all the sources that a camera has been (RFC 3550 section 5.1): numbers
 * and timestamps go on from one connection to the next, and a number that the camera's packets miss
 * is missed by the readers too.
 *
 * <p>Not safe for use by several threads. Times are nanoseconds of the caller's clock.
 */
public final class TrackOutput {
  private static final double NANOS = 1e9;
  private static final int RTP_HEADER = 12;

  /** Timestamps that leap further than this while time does not are of a clock that was set. */
  private static final double LEAP_SECONDS = 10;

  /** Between the time that something is due at and the one that it came at. */
  private static final long MOST_APART_SECONDS = 1;

  private final int track;
  private final int payloadType;
  private final int clockRate;
  private final long ssrc;
  private final PacketBytes bytes;
  private final TrackTimes times;

  private boolean mapped;
  private long source;

  /** Ours less the camera's, 16 bits. */
  private int sequenceOffset;

  /** Ours less the camera's, 32 bits. */
  private long timestampOffset;

  private boolean begun;
  private boolean discontinuity;
  private int next;
  private long timestamp;
  private long arrival;
  private long packets;
  private long octets;

  /**
   * @param firstSequence of the first packet, 0 to 65535
   * @param firstTimestamp of the first packet, 32 bits
   */
  public TrackOutput(SourceTrack track, int firstSequence, long firstTimestamp) {
    this.track = track.index();
    this.payloadType = track.media().payloadType();
    this.clockRate = track.media().clockRate();
    this.ssrc = track.ssrc();
    this.bytes = new PacketBytes(track);
    this.next = firstSequence & 0xffff;
    this.timestamp = firstTimestamp & 0xffff_ffffL;
    this.times = new TrackTimes(timestamp, clockRate);
  }

  /** The packets that follow continue nothing of what the camera sent before. */
  public void restart() {
    mapped = false;
  }

  /**
   * A packet of the camera's as one of ours; a copy.
   *
   * @param offered the payload type of the camera's present description, which becomes ours
   */
  public OutgoingPacket packet(
      RtpHeaderFields header, ByteBuf from, int offered, ByteBufAllocator allocator, long now) {
    if (!mapped || header.ssrc() != source || hasLeapt(header.timestamp(), now)) {
      map(header, now);
    }
    int sequence = (header.sequence() + sequenceOffset) & 0xffff;
    long time = (header.timestamp() + timestampOffset) & 0xffff_ffffL;
    int type = header.payloadType() == offered ? payloadType : header.payloadType();
    int length = from.readableBytes();
    ByteBuf out = bytes.frame(length, allocator).writeBytes(from, from.readerIndex(), length);
    bytes.patch(out, length, header.marker(), type, sequence, time);
    return sent(sequence, time, length, header.payloadLength(), out, now);
  }

  private boolean hasLeapt(long inTimestamp, long now) {
    if (clockRate == 0) {
      return false;
    }
    double step = (int) (inTimestamp + timestampOffset - timestamp) / (double) clockRate;
    double passed = (now - arrival) / NANOS;
    return Math.abs(step) > LEAP_SECONDS && Math.abs(step - passed) > LEAP_SECONDS;
  }

  /**
   * The first of a connection is due at a time that all tracks have in common, and so keeps its
   * place beside them, however late it was. A time that has nothing to do with the one before, as
   * of another publisher's clock, is not followed.
   *
   * @param first packet that came
   * @param ofCamera a timestamp of the same source
   * @param ntp when that is due, 64 bits
   * @param leading seconds by which what follows may be before it
   * @return nanoseconds by which it had to be moved
   */
  long begin(RtpHeaderFields first, long ofCamera, long ntp, double leading, long now) {
    map(first, now);
    SentTime last = times.known();
    if (last == null || clockRate == 0) {
      return 0;
    }
    long due = last.timestampAt(ntp, clockRate);
    long arrived = timestampAt(now);
    long at = Math.abs((int) (due - arrived)) > MOST_APART_SECONDS * clockRate ? arrived : due;
    if (begun) {
      at += Math.max(0, (int) (timestamp + 1 + Math.round(leading * clockRate) - at));
    }
    timestampOffset = at - ofCamera;
    return Math.round((int) (at - due) * NANOS / clockRate);
  }

  private void map(RtpHeaderFields header, long now) {
    mapped = true;
    discontinuity = true;
    source = header.ssrc();
    sequenceOffset = next - header.sequence();
    timestampOffset = timestampAt(now) - header.timestamp();
  }

  /** What a packet that is taken at {@code now} would have; later than all before. */
  private long timestampAt(long now) {
    if (!begun) {
      return times.first(now);
    }
    long ticks = Math.round((now - arrival) / NANOS * clockRate);
    return (timestamp + Math.max(1, ticks)) & 0xffff_ffffL;
  }

  /** The last {@code length} bytes of what was written, and their frame, are a packet. */
  private OutgoingPacket sent(
      int sequence, long time, int length, int payload, ByteBuf out, long now) {
    if (!begun || (short) (sequence - next) >= 0) {
      next = (sequence + 1) & 0xffff;
    }
    if (!begun || (int) (time - timestamp) > 0) {
      timestamp = time;
      arrival = now;
    }
    begun = true;
    packets++;
    octets += payload;
    int framed = OutgoingPacket.INTERLEAVED_HEADER + length;
    OutgoingPacket made =
        new OutgoingPacket(
            track, time, out.retain(), out.writerIndex() - framed, framed, discontinuity);
    discontinuity = false;
    return made;
  }

  /**
   * The packets of a frame again, as if the camera had sent it now; copies.
   *
   * @param before payloads that go before it, as packets of their own; they stay the caller's
   * @param frame packets of one timestamp, in order
   */
  public List<OutgoingPacket> repeat(
      List<ByteBuf> before, List<OutgoingPacket> frame, ByteBufAllocator allocator, long now) {
    restart();
    discontinuity = true;
    long time = timestampAt(now);
    List<OutgoingPacket> made = new ArrayList<>();
    before.forEach(payload -> made.add(own(payload, false, time, allocator, now)));
    frame.forEach(packet -> made.add(again(packet, time, allocator, now)));
    return made;
  }

  private OutgoingPacket again(
      OutgoingPacket packet, long time, ByteBufAllocator allocator, long now) {
    ByteBuf rtp = packet.rtp();
    int length = rtp.readableBytes();
    int second = rtp.getUnsignedByte(rtp.readerIndex() + 1);
    int sequence = next;
    ByteBuf out = bytes.frame(length, allocator).writeBytes(rtp);
    bytes.patch(out, length, (second & 0x80) != 0, second & 0x7f, sequence, time);
    return sent(sequence, time, length, length - RTP_HEADER, out, now);
  }

  /**
   * The packets of a picture of the relay's own, as if the camera had sent it now.
   *
   * @param payloads of one picture, in order; they stay the caller's
   */
  public List<OutgoingPacket> own(List<ByteBuf> payloads, ByteBufAllocator allocator, long now) {
    restart();
    discontinuity = true;
    long time = timestampAt(now);
    List<OutgoingPacket> made = new ArrayList<>();
    for (ByteBuf payload : payloads) {
      made.add(own(payload, made.size() == payloads.size() - 1, time, allocator, now));
    }
    return made;
  }

  private OutgoingPacket own(
      ByteBuf payload, boolean marker, long time, ByteBufAllocator allocator, long now) {
    int sequence = next;
    int length = RTP_HEADER + payload.readableBytes();
    ByteBuf out = bytes.frame(length, allocator).writeByte(0x80).writeZero(RTP_HEADER - 1);
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    bytes.patch(out, length, marker, payloadType, sequence, time);
    return sent(sequence, time, length, payload.readableBytes(), out, now);
  }

  /**
   * A packet of the relay's own before the next one of the camera's, with its timestamp.
   *
   * @param time of the camera's packet that follows
   */
  public OutgoingPacket insert(
      ByteBuf payload, RtpHeaderFields time, ByteBufAllocator allocator, long now) {
    if (!mapped || time.ssrc() != source) {
      map(time, now);
    }
    long at = (time.timestamp() + timestampOffset) & 0xffff_ffffL;
    sequenceOffset++;
    return own(payload, false, at, allocator, now);
  }

  /** Lets go of what the next packets would be written to; they are written to something else. */
  public void release() {
    bytes.release();
  }

  /** When it is due. */
  TrackTimes times() {
    return times;
  }

  /**
   * The next packet, if it came now.
   *
   * @param due that all tracks have in common
   */
  NextPacket next(OptionalLong due, long now) {
    SentTime last = times.known();
    long time =
        last == null || due.isEmpty()
            ? timestampAt(now)
            : last.timestampAt(due.getAsLong(), clockRate);
    return new NextPacket(track, next, time, clockRate);
  }

  /** Whether it is known when its first packet is due, which has not come. */
  boolean isAwaited() {
    return !begun && times.isTold();
  }

  // ---- Sender reports

  /** Our timestamp of what the camera sends with this one. */
  public long timestampOf(long ofCamera) {
    return (ofCamera + timestampOffset) & 0xffff_ffffL;
  }

  /**
   * Says when something of the track was taken.
   *
   * @param ofCamera its timestamp, of the source that packets came from last
   * @param ntp 64 bits: seconds since 1900 and a fraction
   * @param at when it came
   * @return nanoseconds by which it had to be moved, 0 or more, so as not to go back
   */
  public long timed(long ofCamera, long ntp, long at) {
    return mapped ? times.sent(new SentTime(timestampOf(ofCamera), ntp, at)) : 0;
  }

  /** Whether there is something to report. */
  public boolean isReportable() {
    return begun && times.sent() != null;
  }

  /**
   * A compound packet of a sender report and the source's name (RFC 3550 section 6.1).
   *
   * @param name the CNAME, the same for all tracks that belong together
   */
  public byte[] report(String name, long now) {
    return Objects.requireNonNull(times.sent())
        .report(ssrc, clockRate, packets & 0xffff_ffffL, octets & 0xffff_ffffL, name, now);
  }
}
