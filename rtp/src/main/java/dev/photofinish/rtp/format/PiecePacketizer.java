package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** Formats without headers, whose payloads are the frame's bytes, cut wherever a block ends. */
final class PiecePacketizer extends Packetizer {
  private final int blockBytes;
  private final int blockTicks;
  private final boolean markerOnLast;

  private PiecePacketizer(
      Codec codec, int mostBytes, int blockBytes, int blockTicks, boolean markerOnLast) {
    super(codec, Math.max(1, mostBytes / blockBytes) * blockBytes);
    this.blockBytes = blockBytes;
    this.blockTicks = blockTicks;
    this.markerOnLast = markerOnLast;
  }

  /** Frames that are never cut: Opus (RFC 7587). */
  static Packetizer whole(Codec codec) {
    return new PiecePacketizer(codec, Integer.MAX_VALUE, 1, 0, false);
  }

  /** Whole transport packets (RFC 2250 section 2). */
  static Packetizer transportStream(int mostBytes) {
    return new PiecePacketizer(
        Codec.MPEG_TS, mostBytes, TransportStreamDepacketizer.PACKET, 0, false);
  }

  /** Units that end with the marker: KLV (RFC 6597) and ONVIF metadata. */
  static Packetizer units(Codec codec, int mostBytes) {
    return new PiecePacketizer(codec, mostBytes, 1, 0, true);
  }

  /** Samples (RFC 3551 section 4.5), cut where one ends that ends with a byte. */
  static Packetizer samples(SampleEncoding encoding, PayloadFormat payload, int mostBytes) {
    FrameFormat format = encoding.format(payload);
    int bitsPerTick = encoding.bitsPerTick(format);
    int ticks = 1;
    while (ticks * bitsPerTick % 8 != 0) {
      ticks++;
    }
    return new PiecePacketizer(format.codec(), mostBytes, ticks * bitsPerTick / 8, ticks, false);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    ByteBuf content = frame.content();
    int end = content.writerIndex();
    long time = timestamp;
    for (int at = content.readerIndex(); at < end; at += mostBytes()) {
      int length = Math.min(mostBytes(), end - at);
      boolean last = at + length == end;
      output.payload(content.retainedSlice(at, length), time, markerOnLast && last);
      time = (time + (long) length / blockBytes * blockTicks) & 0xffff_ffffL;
      if (last) {
        return;
      }
    }
  }
}
