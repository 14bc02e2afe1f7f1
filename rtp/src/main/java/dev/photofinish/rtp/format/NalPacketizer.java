package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * H.264 and H.265: a NAL unit a packet, in fragments where it is too large; the marker is on the
 * last packet of the frame. A key frame that comes without parameter sets is sent with those of its
 * format: a reader that begins there may have the description of an earlier one.
 */
abstract class NalPacketizer extends Packetizer {
  private static final int START = 0x80;
  private static final int END = 0x40;

  private final NalSyntax syntax;

  /** Of a NAL unit. */
  private final int headerBytes;

  NalPacketizer(Codec codec, int mostBytes) {
    super(codec, mostBytes);
    this.syntax = NalSyntax.of(codec);
    this.headerBytes = syntax.headerBytes();
  }

  @Override
  final void payloads(Frame frame, long timestamp, Output output) {
    int last = frame.unitCount() - 1;
    while (last >= 0 && frame.unit(last).readableBytes() < headerBytes) {
      last--;
    }
    int withSets = last >= 0 && frame.isKeyFrame() && !hasSequenceSet(frame) ? 0 : -1;
    if (withSets == 0 && last > 0 && syntax.isDelimiter(syntax.type(frame.unit(0)))) {
      withSets = 1;
    }
    for (int i = 0; i <= last; i++) {
      ByteBuf unit = frame.unit(i);
      if (i == withSets) {
        parameterSets(frame, timestamp, output);
      }
      if (unit.readableBytes() > mostBytes()) {
        fragments(unit, timestamp, i == last, output);
      } else if (unit.readableBytes() >= headerBytes) {
        output.payload(unit.retain(), timestamp, i == last);
      }
    }
  }

  private boolean hasSequenceSet(Frame frame) {
    for (int i = 0; i < frame.unitCount(); i++) {
      if (syntax.type(frame.unit(i)) == syntax.sequenceSet()) {
        return true;
      }
    }
    return false;
  }

  private void parameterSets(Frame frame, long timestamp, Output output) {
    for (ByteBuf set : frame.format().parameterSets()) {
      if (set.readableBytes() > mostBytes()) {
        fragments(set, timestamp, false, output);
      } else if (set.readableBytes() >= headerBytes) {
        output.payload(set.retainedDuplicate(), timestamp, false);
      }
    }
  }

  private void fragments(ByteBuf unit, long timestamp, boolean last, Output output) {
    int end = unit.writerIndex();
    int at = unit.readerIndex() + headerBytes;
    int most = mostBytes() - headerBytes - 1;
    int flag = START;
    while (at < end) {
      int length = Math.min(most, end - at);
      flag |= at + length == end ? END : 0;
      byte[] header = fragmentHeader(unit, flag);
      output.payload(withHeader(header, unit, at, length), timestamp, last && at + length == end);
      at += length;
      flag = 0;
    }
  }

  /**
   * What is before a part of a NAL unit: a header of the fragment type and the fragment's own.
   *
   * @param flags the two highest bits of the fragment's own header
   */
  abstract byte[] fragmentHeader(ByteBuf unit, int flags);
}
