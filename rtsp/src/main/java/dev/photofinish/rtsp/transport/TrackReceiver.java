package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.srtp.SrtpReceiver;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.stream.TrackArrivals;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
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
    void rtp(int track, ReceivedPacket packet, long now);

    /** One compound RTCP packet. */
    void rtcp(int track, ByteBuf packet, long now);

    /**
     * SRTP has a packet dropped.
     *
     * @param why as {@link SrtpReceiver} answers
     */
    void rejected(Track track, int why);

    /** Human-readable, for the log: {@code 192.0.2.1:554}. */
    String remote();
  }

  private final int number;
  private final Track track;
  private final BitSet payloadTypes = new BitSet();
  private final Sink sink;
  private final boolean muxed;
  private final TrackArrivals arrivals = new TrackArrivals();
  private final ReceivedPacket received = new ReceivedPacket();

  /** Null where the track is not encrypted. */
  private final @Nullable SecuredTrack secured;

  private long undescribed;

  /**
   * @param number the track's, from 0
   */
  TrackReceiver(int number, Track track, Sink sink) {
    this(number, track, sink, false);
  }

  /**
   * A receiver.
   *
   * @param number the track's, from 0
   * @param muxed whether RTP and RTCP were agreed to come together: then payload types 64 to 95 are
   *     none (RFC 5761 section 4)
   */
  TrackReceiver(int number, Track track, Sink sink, boolean muxed) {
    this.number = number;
    this.muxed = muxed;
    this.track = track;
    this.sink = sink;
    this.secured = track.keys().map(SecuredTrack::new).orElse(null);
    for (MediaFormat format : track.media().formats()) {
      payloadTypes.set(format.payloadType());
    }
  }

  /** When its media came. */
  TrackArrivals arrivals() {
    return arrivals;
  }

  /**
   * Whether the description has the payload type that the {@code length} bytes at {@code index}
   * would have as RTP.
   */
  boolean describes(ByteBuf in, int index, int length) {
    return length >= 2
        && payloadTypes.get(payloadType(in, index))
        && !(muxed && isRtcp(in, index, length));
  }

  private static int payloadType(ByteBuf in, int index) {
    return in.getByte(index + 1) & 0x7f;
  }

  /**
   * Decrypts the {@code length} bytes at {@code index}, if the track is encrypted: before they are
   * put into order, so that what is not authentic never waits for anything. Header fields by which
   * RTP and RTCP are told apart are not encrypted.
   *
   * @param control whether RTCP alone is due
   * @return how many bytes are left; negative for a packet that must be dropped, which is counted
   */
  int decrypt(ByteBuf in, int index, int length, boolean control) {
    if (secured == null) {
      return length;
    }
    boolean rtp = !control && describes(in, index, length);
    if (!rtp && !isRtcp(in, index, length)) {
      return length; // neither: ignored as it is
    }
    int left = secured.open(in, index, length, !rtp);
    if (left < 0) {
      sink.rejected(track, left);
    }
    return left;
  }

  /**
   * The {@code length} bytes at {@code index} came where RTP is due (RFC 2326 section 10.12: RTP on
   * the first channel). Some cameras send RTCP there too.
   */
  void packet(ByteBuf in, int index, int length, long now) {
    if (describes(in, index, length)) {
      rtp(in, index, length, now);
    } else if (isRtcp(in, index, length)) {
      sink.rtcp(number, in.slice(index, length), now);
    } else {
      undescribed(in, index, length);
    }
  }

  /** The {@code length} bytes at {@code index} came where RTCP alone is due. */
  void control(ByteBuf in, int index, int length, long now) {
    if (isRtcp(in, index, length)) {
      sink.rtcp(number, in.slice(index, length), now);
    }
  }

  private void rtp(ByteBuf in, int index, int length, long now) {
    try {
      received.set(in, index, length);
      arrivals.packet(now);
      sink.rtp(number, received, now);
    } catch (RtpFormatException e) {
      LOG.debug("{}: {}: {}", sink.remote(), track.media().type(), e.getMessage());
    } finally {
      received.clear();
    }
  }

  /** RFC 5761 section 4: the packet types of RTCP are no payload types of RTP. */
  static boolean isRtcp(ByteBuf in, int index, int length) {
    int type = length < 4 ? 0 : in.getUnsignedByte(index + 1);
    return type >= 192 && type <= 223;
  }

  /**
   * RFC 3550 section 5.1: "A receiver MUST ignore packets with payload types that it does not
   * understand." They are counted, and are no sign of life.
   */
  private void undescribed(ByteBuf in, int index, int length) {
    if (undescribed++ == 0 && length >= 2) {
      LOG.info(
          "{}: {} comes with payload type {} too, which the camera does not describe: ignored",
          sink.remote(),
          track.media().type(),
          payloadType(in, index));
    }
  }

  /** Packets of payload types that the camera does not describe. */
  long undescribed() {
    return undescribed;
  }
}
