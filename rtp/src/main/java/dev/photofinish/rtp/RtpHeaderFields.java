package dev.photofinish.rtp;

/**
 * The fields of an RTP packet's header (RFC 3550 section 5.1), as a part of the packet's own
 * object: a packet that is received costs no object for its header. {@link RtpHeader} is the same
 * as a value.
 */
public abstract class RtpHeaderFields {
  private static final int FIXED_LENGTH = 12;
  private static final int VERSION = 2;
  private static final int CSRC_COUNT = 0x0f00_0000;
  private static final int EXTENSION = 0x1000_0000;
  private static final int PADDING = 0x2000_0000;
  private static final int MARKER = 0x0080_0000;

  /** The packet's first 32 bits: all from the version to the sequence number. */
  private int first;

  private int timestamp;
  private int ssrc;
  private int length;
  private int headerLength;
  private byte padding;

  /** Fields that are not read yet. */
  protected RtpHeaderFields() {}

  /** The same fields as another packet's. */
  protected RtpHeaderFields(RtpHeaderFields other) {
    first = other.first;
    timestamp = other.timestamp;
    ssrc = other.ssrc;
    length = other.length;
    headerLength = other.headerLength;
    padding = other.padding;
  }

  /** The packet's bytes, wherever they are; offsets count from its first one. */
  protected interface Source {
    byte byteAt(int offset);

    /** Four bytes, the first one highest. */
    int intAt(int offset);
  }

  /**
   * Reads the fields of a packet of {@code bytes} bytes.
   *
   * @throws RtpFormatException if it is no packet of RTP version 2, or one whose parts do not fit;
   *     the fields are then of no packet
   */
  protected final void read(Source packet, int bytes) throws RtpFormatException {
    if (bytes < FIXED_LENGTH) {
      throw malformed(bytes + " bytes", "at least 12 bytes");
    }
    first = packet.intAt(0);
    if (first >>> 30 != VERSION) {
      throw malformed("version " + (first >>> 30), "version 2");
    }
    timestamp = packet.intAt(4);
    ssrc = packet.intAt(8);
    length = bytes;
    headerLength = sourcesLength();
    if ((first & EXTENSION) != 0) {
      headerLength += extensionLength(packet);
    }
    padding = (first & PADDING) == 0 ? 0 : packet.byteAt(bytes - 1);
    if (payloadLength() < 0 || ((first & PADDING) != 0 && padding == 0)) {
      throw malformed(bytes + " bytes", "room for " + csrcCount() + " CSRC, extension and padding");
    }
  }

  private int extensionLength(Source packet) throws RtpFormatException {
    if (length < headerLength + 4) {
      throw malformed(length + " bytes", "a header extension");
    }
    return 4 + 4 * (packet.intAt(headerLength) & 0xffff);
  }

  private static RtpFormatException malformed(String seen, String expected) {
    return new RtpFormatException("RTP packet", seen, expected);
  }

  private int sourcesLength() {
    return FIXED_LENGTH + 4 * csrcCount();
  }

  public final boolean marker() {
    return (first & MARKER) != 0;
  }

  /** 0 to 127. */
  public final int payloadType() {
    return (first >> 16) & 0x7f;
  }

  /** 0 to 65535. */
  public final int sequence() {
    return first & 0xffff;
  }

  /** 32 bits, unsigned. */
  public final long timestamp() {
    return timestamp & 0xffffffffL;
  }

  /** 32 bits, unsigned. */
  public final long ssrc() {
    return ssrc & 0xffffffffL;
  }

  /** Contributing sources, 0 to 15. */
  public final int csrcCount() {
    return (first & CSRC_COUNT) >>> 24;
  }

  /** Bytes of the header extension with its own four-byte header; 0 if none. */
  public final int extensionLength() {
    return headerLength - sourcesLength();
  }

  /** Bytes before the payload. */
  public final int headerLength() {
    return headerLength;
  }

  /** Bytes of the payload, without padding. */
  public final int payloadLength() {
    return length - headerLength - (padding & 0xff);
  }

  /** Bytes of the packet: header, payload and padding. */
  public final int length() {
    return length;
  }

  /** The fields as a value. */
  public final RtpHeader header() {
    return new RtpHeader(
        marker(),
        payloadType(),
        sequence(),
        timestamp(),
        ssrc(),
        csrcCount(),
        extensionLength(),
        headerLength,
        payloadLength());
  }
}
