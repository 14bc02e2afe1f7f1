package dev.photofinish.rtp.format;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ADU of MP3 (RFC 5219 section 3): the header and side information of an MP3 frame (ISO 11172-3
 * section 2.4.1.5), and behind them its main data, which the frame itself has in the frames before
 * it.
 *
 * @param bytes with the bits of the sync word set
 * @param mainDataAt where in these bytes its main data begin
 * @param damaged whether a part of it was lost; there are zeros instead
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Mp3Adu(byte[] bytes, int mainDataAt, long timestamp, long arrivedAt, boolean damaged) {
  /**
   * The largest: header, CRC, 32 bytes of side information, and main data of 4 granules of at most
   * 4095 bits.
   */
  static final int MOST_BYTES = 4 + 2 + 32 + 4 * 4095 / 8 + 1;

  /** The largest main_data_begin, of MPEG-1. */
  static final int LARGEST_POINTER = 511;

  private static final int HEADER = 4;
  private static final int CRC = 2;
  private static final int SYNC = 0xffe0_0000;
  private static final int LAYER_MASK = 3 << 17;
  private static final int LAYER_III = 1 << 17;
  private static final int WITHOUT_CRC = 1 << 16;
  private static final int BIT_RATE_MASK = 15 << 12;
  private static final int HIGHEST_BIT_RATE = 14;
  private static final int PADDING = 1 << 9;

  /**
   * Reads an ADU that came.
   *
   * @param bytes of it, at most {@value #MOST_BYTES}; theirs is the ADU from now on
   * @return empty if it is not of layer III, has a free bit rate, by which the size of its frame is
   *     not known, or is shorter than its header and side information
   */
  static Optional<Mp3Adu> read(byte[] bytes, long timestamp, long arrivedAt, boolean damaged) {
    if (bytes.length < HEADER) {
      return Optional.empty();
    }
    int header = header(bytes) | SYNC;
    if (!MpegAudioHeader.isHeader(header) || (header & LAYER_MASK) != LAYER_III) {
      return Optional.empty();
    }
    int mainDataAt = mainDataAt(header);
    if (bytes.length < mainDataAt || MpegAudioHeader.parse(header).bytes() <= mainDataAt) {
      return Optional.empty();
    }
    setHeader(bytes, header);
    return Optional.of(new Mp3Adu(bytes, mainDataAt, timestamp, arrivedAt, damaged));
  }

  private static int header(byte[] bytes) {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  private static void setHeader(byte[] bytes, int header) {
    for (int i = 0; i < HEADER; i++) {
      bytes[i] = (byte) (header >>> (24 - 8 * i));
    }
  }

  private static boolean isMpeg1(int header) {
    return (header >> 19 & 3) == 3;
  }

  private static int mainDataAt(int header) {
    boolean mono = MpegAudioHeader.parse(header).channels() == 1;
    int side = isMpeg1(header) ? (mono ? 17 : 32) : mono ? 9 : 17;
    return HEADER + ((header & WITHOUT_CRC) == 0 ? CRC : 0) + side;
  }

  /** The header of its frame. */
  MpegAudioHeader header() {
    return MpegAudioHeader.parse(header(bytes));
  }

  /** Where its main data begin, as bytes before those of its own frame: main_data_begin. */
  int backPointer() {
    int at = sideInformationAt();
    int first = bytes[at] & 0xff;
    return isMpeg1(header(bytes)) ? first << 1 | (bytes[at + 1] & 0xff) >> 7 : first;
  }

  private int sideInformationAt() {
    return HEADER + ((header(bytes) & WITHOUT_CRC) == 0 ? CRC : 0);
  }

  /** Bytes of main data by the side information: part2_3_length of all granules and channels. */
  int declaredBytes() {
    boolean mpeg1 = isMpeg1(header(bytes));
    int channels = header().channels();
    int at = sideInformationAt();
    BitReader bits = BitReader.plain(Unpooled.wrappedBuffer(bytes), at, mainDataAt - at);
    bits.skip(mpeg1 ? (channels == 1 ? 18 : 20) : channels == 1 ? 9 : 10); // to the granules
    int sum = 0;
    for (int i = channels * (mpeg1 ? 2 : 1); i > 0; i--) {
      sum += bits.bits(12);
      bits.skip(mpeg1 ? 47 : 51); // how they are coded
    }
    return (sum + 7) / 8;
  }

  int mainDataBytes() {
    return bytes.length - mainDataAt;
  }

  /** Bytes for main data in its frame. */
  int room() {
    return header().bytes() - mainDataAt;
  }

  /**
   * The same as a frame that needs none before it: without a back pointer, and of a bit rate at
   * which its main data fit in, and as many of the frames after it as would have fitted in before.
   * Where no bit rate is high enough it is silent and damaged.
   */
  Mp3Adu independent() {
    int needed = Math.max(mainDataBytes(), room() + backPointer());
    int header = header(bytes) | WITHOUT_CRC;
    int begin = mainDataAt(header);
    while (MpegAudioHeader.parse(header).bytes() - begin < needed
        && bitRate(header) < HIGHEST_BIT_RATE) {
      header += 1 << 12;
      header &= ~PADDING;
    }
    int side = sideInformationAt();
    boolean fits = MpegAudioHeader.parse(header).bytes() - begin >= mainDataBytes();
    byte[] made = new byte[fits ? begin + mainDataBytes() : begin];
    if (fits) {
      System.arraycopy(bytes, side, made, HEADER, bytes.length - side);
      clearBackPointer(made, isMpeg1(header));
    }
    setHeader(made, header);
    return new Mp3Adu(made, begin, timestamp, arrivedAt, damaged || !fits);
  }

  private static int bitRate(int header) {
    return (header & BIT_RATE_MASK) >> 12;
  }

  private static void clearBackPointer(byte[] made, boolean mpeg1) {
    made[HEADER] = 0;
    if (mpeg1) {
      made[HEADER + 1] &= 0x7f;
    }
  }

  /** Its frame, with zeros for main data. */
  byte[] frame() {
    return Arrays.copyOf(Arrays.copyOf(bytes, mainDataAt), header().bytes());
  }

  /** The same at another time. */
  Mp3Adu at(long newTimestamp) {
    return new Mp3Adu(bytes, mainDataAt, newTimestamp, arrivedAt, damaged);
  }
}
