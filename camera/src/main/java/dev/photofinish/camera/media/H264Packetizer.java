package dev.photofinish.camera.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6184, packetization-mode 1: parameter sets travel together in a STAP-A, a NAL unit that fits
 * goes alone, and one that does not is cut into FU-A fragments.
 */
final class H264Packetizer {

  /** Leaves room for IPv6, UDP and RTP headers in an Ethernet frame. */
  static final int MAX_PAYLOAD = 1400;

  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int NRI = 0x60;
  private static final int START = 0x80;
  private static final int END = 0x40;

  private H264Packetizer() {}

  /** The RTP payloads of one access unit; the marker belongs on the last. */
  static List<byte[]> packetize(List<byte[]> units) {
    List<byte[]> payloads = new ArrayList<>();
    List<byte[]> small = units.stream().filter(unit -> Nal.type(unit) >= Nal.SPS).toList();
    if (!small.isEmpty()) {
      payloads.add(aggregate(small));
    }
    units.stream().filter(unit -> Nal.type(unit) < Nal.SPS).forEach(u -> addUnit(payloads, u));
    return payloads;
  }

  /** RFC 6184 section 5.7.1. */
  private static byte[] aggregate(List<byte[]> units) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(NRI | STAP_A);
    for (byte[] unit : units) {
      out.write(unit.length >> 8);
      out.write(unit.length);
      out.writeBytes(unit);
    }
    return out.toByteArray();
  }

  /** RFC 6184 sections 5.6 and 5.8. */
  private static void addUnit(List<byte[]> payloads, byte[] unit) {
    if (unit.length <= MAX_PAYLOAD) {
      payloads.add(unit);
      return;
    }
    int step = MAX_PAYLOAD - 2;
    for (int from = 1; from < unit.length; from += step) {
      int length = Math.min(step, unit.length - from);
      byte[] fragment = new byte[2 + length];
      fragment[0] = (byte) ((unit[0] & NRI) | FU_A);
      int bounds = (from == 1 ? START : 0) | (from + length == unit.length ? END : 0);
      fragment[1] = (byte) (bounds | Nal.type(unit));
      System.arraycopy(unit, from, fragment, 2, length);
      payloads.add(fragment);
    }
  }
}
