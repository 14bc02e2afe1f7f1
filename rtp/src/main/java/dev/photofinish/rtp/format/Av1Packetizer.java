package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * AV1 (RTP Payload Format For AV1, version 1.0, section 4): an OBU a packet without its size, in
 * fragments where it is too large; the marker is on the last packet of the temporal unit. A key
 * frame that comes without a sequence header is sent with that of its format.
 */
final class Av1Packetizer extends Packetizer {
  // The aggregation header (section 4.4).
  private static final int CONTINUES_BEFORE = 0x80;
  private static final int CONTINUES_AFTER = 0x40;
  private static final int ONE_ELEMENT = 0x10;
  private static final int BEGINS_SEQUENCE = 0x08;

  private static final int HAS_SIZE = 0x02;

  Av1Packetizer(int mostBytes) {
    super(Codec.AV1, mostBytes);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    Av1Units units = Av1Units.of(frame.content());
    int flag = frame.isKeyFrame() ? BEGINS_SEQUENCE : 0;
    if (frame.isKeyFrame() && !units.isEmpty() && !units.hasSequenceHeader()) {
      for (ByteBuf set : frame.format().parameterSets()) {
        for (Av1Units.Unit unit : Av1Units.of(set)) {
          element(set, unit, flag, timestamp, false, output);
          flag = 0;
        }
      }
    }
    for (Av1Units.Unit unit : units) {
      element(frame.content(), unit, flag, timestamp, unit.end() == units.end(), output);
      flag = 0;
    }
  }

  private void element(
      ByteBuf in, Av1Units.Unit unit, int flag, long timestamp, boolean last, Output output) {
    byte[] obu = header(in, unit);
    int at = unit.payload();
    int continued = flag;
    do {
      int most = mostBytes() - 1 - obu.length;
      int length = Math.min(most, unit.end() - at);
      boolean ends = at + length == unit.end();
      byte[] header = new byte[1 + obu.length];
      header[0] = (byte) (ONE_ELEMENT | continued | (ends ? 0 : CONTINUES_AFTER));
      System.arraycopy(obu, 0, header, 1, obu.length);
      output.payload(withHeader(header, in, at, length), timestamp, last && ends);
      at += length;
      obu = new byte[0];
      continued = CONTINUES_BEFORE;
    } while (at < unit.end());
  }

  /** Section 4.5: obu_has_size_field should be 0. */
  private static byte[] header(ByteBuf in, Av1Units.Unit unit) {
    byte[] header = new byte[unit.headerBytes()];
    in.getBytes(unit.start(), header);
    header[0] = (byte) (header[0] & ~HAS_SIZE);
    return header;
  }
}
