package dev.photofinish.rtp.srtp;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The receiving side of one media's SRTP and SRTCP (RFC 3711 section 3.3): checks that packets are
 * authentic and new, and decrypts them where they lie.
 *
 * <p>Of several keys with the same identifier, or with none, the first under which a packet proves
 * authentic is the one from then on: descriptions may offer several suites, and RTSP has no answer
 * that names the one taken.
 *
 * <p>A source is remembered once a packet of it proved authentic: nobody without the key makes this
 * object keep anything. Not safe for use by several threads.
 */
public final class SrtpReceiver {
  /** The answer for a packet that is not authentic, or no packet at all: drop it. */
  public static final int FORGED = -1;

  /** The answer for a packet that was received before, or is too old to tell: drop it. */
  public static final int REPLAYED = -2;

  /** The answer for a packet under a key whose identifier (MKI) is not known: drop it. */
  public static final int UNKNOWN_KEY = -3;

  /** How many sources are remembered, those of RTP and those of RTCP; the oldest go. */
  static final int MOST_SOURCES = 32;

  private static final int INDEX_LENGTH = 4;

  private final Map<Integer, Long> rollovers;
  private final Map<Integer, RtpSource> sources = new LinkedHashMap<>();
  private final Map<Integer, ReplayWindow> rtcpSources = new LinkedHashMap<>();
  private List<KeyedTransforms> keys;
  private byte[] packet = new byte[2048];

  /** The receiver of packets under any of these keys, from rollover counters of zero. */
  public SrtpReceiver(List<SrtpKey> keys) {
    this(keys, Map.of());
  }

  /**
   * The receiver of packets under any of these keys.
   *
   * @param keys in the order in which they are tried
   * @param rollovers the rollover counters that sources, by their SSRC, begin with, 0 to 2^32 - 1
   */
  public SrtpReceiver(List<SrtpKey> keys, Map<Integer, Long> rollovers) {
    this.keys = keys.stream().map(KeyedTransforms::new).toList();
    this.rollovers = Map.copyOf(rollovers);
  }

  /**
   * Decrypts an SRTP packet, the buffer's remaining bytes, in place; the buffer's position stays.
   *
   * @return how many of its bytes, from the position on, are the RTP packet; {@link #FORGED},
   *     {@link #REPLAYED} or {@link #UNKNOWN_KEY} where it must be dropped
   */
  public int rtp(ByteBuffer secured) {
    int answer = UNKNOWN_KEY;
    for (int i = 0; i < keys.size() && isOpen(answer); i++) {
      answer = Math.max(answer, rtp(secured, keys.get(i)));
    }
    return answer;
  }

  /** Whether another key may still open the packet: a replay was opened by the one before. */
  private static boolean isOpen(int answer) {
    return answer == UNKNOWN_KEY || answer == FORGED;
  }

  private int rtp(ByteBuffer secured, KeyedTransforms key) {
    int length = load(secured);
    int body = SrtpHeader.length(packet, length);
    Transform transform = key.rtp();
    int end = length - key.mki().length - transform.tagLength();
    if (body < 0 || end < body) {
      return FORGED;
    }
    if (!key.isNamed(packet, length, transform)) {
      return UNKNOWN_KEY;
    }
    int ssrc = SrtpHeader.ssrc(packet);
    RtpSource known = sources.get(ssrc);
    RtpSource source = known == null ? newSource(ssrc) : known;
    long index = source.index(SrtpHeader.sequence(packet));
    if (!source.window().isNew(index)) {
      return REPLAYED;
    }
    int tag = transform.tagIsLast() ? length - transform.tagLength() : end;
    if (!transform.openRtp(packet, body, end, tag, ssrc, index)) {
      return FORGED;
    }
    source.window().add(index);
    if (known == null) {
      remember(sources, ssrc, source);
      choose(key);
    }
    secured.put(secured.position() + body, packet, body, end - body);
    return end;
  }

  private RtpSource newSource(int ssrc) {
    return new RtpSource(rollovers.getOrDefault(ssrc, 0L));
  }

  /**
   * Decrypts an SRTCP packet, the buffer's remaining bytes, in place; the buffer's position stays.
   *
   * @return as {@link #rtp}
   */
  public int rtcp(ByteBuffer secured) {
    int answer = UNKNOWN_KEY;
    for (int i = 0; i < keys.size() && isOpen(answer); i++) {
      answer = Math.max(answer, rtcp(secured, keys.get(i)));
    }
    return answer;
  }

  private int rtcp(ByteBuffer secured, KeyedTransforms key) {
    int length = load(secured);
    Transform transform = key.rtcp();
    int end = length - key.mki().length - transform.tagLength() - INDEX_LENGTH;
    if (end < Transform.RTCP_HEADER) {
      return FORGED;
    }
    if (!key.isNamed(packet, length, transform)) {
      return UNKNOWN_KEY;
    }
    int word = end + (transform.tagIsLast() ? 0 : transform.tagLength());
    int tag = transform.tagIsLast() ? length - transform.tagLength() : end;
    int ssrc = Transform.readInt(packet, 4);
    long index = Transform.rtcpIndex(packet, word);
    ReplayWindow known = rtcpSources.get(ssrc);
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    if (!window.isNew(index)) {
      return REPLAYED;
    }
    if (!transform.openRtcp(packet, end, word, tag, ssrc)) {
      return FORGED;
    }
    window.add(index);
    if (known == null) {
      remember(rtcpSources, ssrc, window);
      choose(key);
    }
    secured.put(secured.position(), packet, 0, end);
    return end;
  }

  private int load(ByteBuffer secured) {
    int length = secured.remaining();
    if (packet.length < length + INDEX_LENGTH) {
      packet = new byte[length + INDEX_LENGTH];
    }
    secured.get(secured.position(), packet, 0, length);
    return length;
  }

  /** Forgets the others that have the same identifier. */
  private void choose(KeyedTransforms key) {
    keys = keys.stream().filter(other -> other == key || !other.hasIdentifierOf(key)).toList();
  }

  private static <V> void remember(Map<Integer, V> sources, int ssrc, V source) {
    if (sources.size() == MOST_SOURCES) {
      Iterator<V> oldest = sources.values().iterator();
      oldest.next();
      oldest.remove();
    }
    sources.put(ssrc, source);
  }
}
