package dev.photofinish.media.input;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The formats that are read, told apart by their first bytes. */
enum InputFormat {
  H264,
  H265,
  ADTS,
  MPEG_TS,
  MP4;

  static final int TS_PACKET = 188;
  private static final int TS_SYNC = 0x47;
  private static final Set<String> BOXES =
      Set.of("ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide");

  /** The first two bytes of NAL units of H.265 that streams begin with, without the layer. */
  private static final Set<Integer> H265_TYPES = Set.of(32, 33, 34, 35, 39);

  static InputFormat of(byte[] head) throws MediaFormatException {
    if (head.length == 0) {
      throw new MediaFormatException("there is nothing in it");
    }
    if (isTransportStream(head)) {
      return MPEG_TS;
    }
    if (head.length >= 8 && BOXES.contains(new String(head, 4, 4, StandardCharsets.ISO_8859_1))) {
      return MP4;
    }
    int unit = firstUnit(head);
    if (unit > 0) {
      boolean long265 = unit + 1 < head.length && head[unit + 1] == 1; // layer 0, first sublayer
      return long265 && H265_TYPES.contains(head[unit] >> 1 & 0x3f) ? H265 : H264;
    }
    if (head.length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xf6) == 0xf0) {
      return ADTS;
    }
    throw new MediaFormatException(
        "its first bytes are of no format that is read; expected Annex B (H.264, H.265), ADTS,"
            + " MPEG-TS or MP4");
  }

  private static boolean isTransportStream(byte[] head) {
    for (int at = 0; at < Math.min(head.length, 4 * TS_PACKET); at += TS_PACKET) {
      if (head[at] != TS_SYNC) {
        return false;
      }
    }
    return head.length >= TS_PACKET;
  }

  /** The index behind a start code that the bytes begin with; 0 without one. */
  private static int firstUnit(byte[] head) {
    int zeros = 0;
    while (zeros < head.length && head[zeros] == 0) {
      zeros++;
    }
    return zeros >= 2 && zeros + 1 < head.length && head[zeros] == 1 ? zeros + 1 : 0;
  }
}
