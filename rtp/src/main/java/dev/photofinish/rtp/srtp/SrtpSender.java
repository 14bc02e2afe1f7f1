package dev.photofinish.rtp.srtp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The sending side of one media's SRTP and SRTCP (RFC 3711 section 3.3), for sources of our own.
 * Not safe for use by several threads.
 */
public final class SrtpSender {
  private static final int MOST_SOURCES = 32;
  private static final int INDEX_LENGTH = 4;
  private static final int ENCRYPTED = 1 << 31;
  private static final int HIGHEST_INDEX = Integer.MAX_VALUE;

  private final KeyedTransforms key;
  private final Map<Integer, RtpSource> sources = new HashMap<>();

  /** The index of the next SRTCP packet; one counter for all sources. */
  private int rtcpIndex;

  /** A sender whose rollover counters begin at zero. */
  public SrtpSender(SrtpKey master) {
    this.key = new KeyedTransforms(master);
  }

  /**
   * Encrypts an RTP packet.
   *
   * @return the SRTP packet
   * @throws IllegalArgumentException if it is no RTP of version 2, or was sent before: an index is
   *     used once
   */
  public byte[] rtp(byte[] packet) {
    int body = SrtpHeader.length(packet, packet.length);
    if (body < 0) {
      throw new IllegalArgumentException("packet: is not RTP of version 2");
    }
    Transform transform = key.rtp();
    byte[] secured = withRoom(packet, transform.tagLength() + INDEX_LENGTH);
    int length = packet.length + transform.tagLength() + key.mki().length;
    int end = packet.length;
    int tag = transform.tagIsLast() ? length - transform.tagLength() : end;
    int ssrc = SrtpHeader.ssrc(packet);
    transform.sealRtp(secured, body, end, tag, ssrc, nextIndex(packet, ssrc));
    writeMki(secured, end + (transform.tagIsLast() ? 0 : transform.tagLength()));
    return Arrays.copyOf(secured, length);
  }

  private long nextIndex(byte[] packet, int ssrc) {
    if (sources.size() == MOST_SOURCES && !sources.containsKey(ssrc)) {
      throw new IllegalArgumentException(
          "packet: at most " + MOST_SOURCES + " sources may use one key");
    }
    RtpSource source = sources.computeIfAbsent(ssrc, s -> new RtpSource(0));
    long index = source.index(SrtpHeader.sequence(packet));
    if (!source.window().isNew(index)) {
      throw new IllegalArgumentException("packet: was sent before");
    }
    source.window().add(index);
    return index;
  }

  /**
   * Encrypts a compound RTCP packet.
   *
   * @return the SRTCP packet
   * @throws IllegalArgumentException if it has less than 8 bytes
   * @throws IllegalStateException after 2^31 packets: the key is used up
   */
  public byte[] rtcp(byte[] compound) {
    if (compound.length < Transform.RTCP_HEADER) {
      throw new IllegalArgumentException("compound: is not RTCP");
    }
    if (rtcpIndex == HIGHEST_INDEX) {
      throw new IllegalStateException("the key is used up: 2^31 SRTCP packets were sent");
    }
    Transform transform = key.rtcp();
    byte[] secured = withRoom(compound, transform.tagLength() + INDEX_LENGTH);
    int length = secured.length;
    int end = compound.length;
    int word = end + (transform.tagIsLast() ? 0 : transform.tagLength());
    int tag = transform.tagIsLast() ? length - transform.tagLength() : end;
    Transform.writeInt(secured, word, ENCRYPTED | ++rtcpIndex);
    transform.sealRtcp(secured, end, word, tag, Transform.readInt(compound, 4));
    writeMki(secured, word + INDEX_LENGTH);
    return secured;
  }

  private byte[] withRoom(byte[] packet, int more) {
    return Arrays.copyOf(packet, packet.length + key.mki().length + more);
  }

  private void writeMki(byte[] secured, int at) {
    System.arraycopy(key.mki(), 0, secured, at, key.mki().length);
  }
}
