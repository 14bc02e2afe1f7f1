package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what comes for one track, tells RTP, RTCP and strangers apart, and hands the first two on.
 *
 * <p>The payload types of the description come first: a packet of type 64 to 95 with the marker set
 * looks like RTCP (RFC 5761 section 4), and is RTP where the camera describes that type.
 */
final class TrackReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(TrackReceiver.class);

  /** Takes what the receivers of a connection have distinguished. */
  interface Sink {
    /** One RTP packet of a described payload type. */
    void rtp(int track, RtpHeader header, ByteBuf packet, long now);

    /** One compound RTCP packet. */
    void rtcp(int track, ByteBuf packet, long now);

    /** Human-readable, for the log: {@code 192.0.2.1:554}. */
    String remote();
  }

  private final int index;
  private final Track track;
  private final BitSet payloadTypes = new BitSet();
  private final Sink sink;
  private final TrackArrivals arrivals = new TrackArrivals();
  private long undescribed;

  TrackReceiver(int index, Track track, Sink sink) {
    this.index = index;
    this.track = track;
    this.sink = sink;
    for (MediaFormat format : track.media().formats()) {
      payloadTypes.set(format.payloadType());
    }
  }

  /** When its media came. */
  TrackArrivals arrivals() {
    return arrivals;
  }

  /** Whether the description has the payload type that {@code packet} would have as RTP. */
  boolean describes(ByteBuf packet) {
    return packet.readableBytes() >= 2 && payloadTypes.get(payloadType(packet));
  }

  private static int payloadType(ByteBuf packet) {
    return packet.getByte(packet.readerIndex() + 1) & 0x7f;
  }

  /**
   * Something came where RTP is due (RFC 2326 section 10.12: RTP on the first channel). Some
   * cameras send RTCP there too.
   */
  void packet(ByteBuf packet, long now) {
    if (describes(packet)) {
      rtp(packet, now);
    } else if (isRtcp(packet)) {
      sink.rtcp(index, packet, now);
    } else {
      undescribed(packet);
    }
  }

  /** Something came where RTCP alone is due. */
  void control(ByteBuf packet, long now) {
    if (isRtcp(packet)) {
      sink.rtcp(index, packet, now);
    }
  }

  private void rtp(ByteBuf packet, long now) {
    RtpHeader header;
    try {
      header = RtpHeader.parse(packet.nioBuffer());
    } catch (RtpFormatException e) {
      LOG.debug("{}: {}: {}", sink.remote(), track.media().type(), e.getMessage());
      return;
    }
    arrivals.packet(now);
    sink.rtp(index, header, packet, now);
  }

  /** RFC 5761 section 4: the packet types of RTCP are no payload types of RTP. */
  static boolean isRtcp(ByteBuf packet) {
    int type = packet.readableBytes() < 4 ? 0 : packet.getUnsignedByte(packet.readerIndex() + 1);
    return type >= 192 && type <= 223;
  }

  /**
   * RFC 3550 section 5.1: "A receiver MUST ignore packets with payload types that it does not
   * understand." They are counted, and are no sign of life.
   */
  private void undescribed(ByteBuf packet) {
    if (undescribed++ == 0 && packet.readableBytes() >= 2) {
      LOG.info(
          "{}: {} comes with payload type {} too, which the camera does not describe: ignored",
          sink.remote(),
          track.media().type(),
          payloadType(packet));
    }
  }

  /** Packets of payload types that the camera does not describe. */
  long undescribed() {
    return undescribed;
  }
}
