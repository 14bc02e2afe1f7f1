package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * MPEG-1 and MPEG-2 video (RFC 2250 section 3): headers at the beginning of a payload, as many
 * whole slices as fit behind them, or a part of one slice.
 */
final class Mpeg2Packetizer extends Packetizer {
  private static final int HEADER = 4;
  private static final int SEQUENCE_PRESENT = 1 << 13;
  private static final int BEGINS_SLICE = 1 << 12;
  private static final int ENDS_SLICE = 1 << 11;

  Mpeg2Packetizer(int mostBytes) {
    super(Codec.MPEG2_VIDEO, mostBytes);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    new Payloads(frame.content(), timestamp, output).write();
  }

  /** The payloads of one frame. */
  private final class Payloads {
    private final ByteBuf content;
    private final long timestamp;
    private final Output output;
    private final int end;
    private final Mpeg2Headers headers = new Mpeg2Headers();

    /** Where the open payload begins. */
    private int from;

    private boolean sequence;
    private boolean slices;

    Payloads(ByteBuf content, long timestamp, Output output) {
      this.content = content;
      this.timestamp = timestamp;
      this.output = output;
      this.end = content.writerIndex();
      this.from = content.readerIndex();
    }

    void write() {
      int at = from;
      while (at < end) {
        int next = StartCodes.next(content, at + 1, end);
        unit(at, StartCodes.at(content, at, end), next);
        at = next;
      }
      if (from < end) {
        payload(end, true, true);
      }
    }

    /** What is between two start codes. */
    private void unit(int at, int code, int next) {
      boolean slice = Mpeg2Headers.isSlice(code);
      boolean begins = slice || !slices;
      if (from < at && slices && (!slice || next - from > most())) {
        payload(at, true, true);
        begins = true;
      }
      if (!slice) {
        headers.take(
            code, BitReader.plain(content, at + StartCodes.BYTES, next - at - StartCodes.BYTES));
        sequence |= code == Mpeg2Headers.SEQUENCE;
      }
      slices |= slice;
      while (next - from > most()) {
        payload(from + most(), begins && slice, false);
        begins = false;
        slices = slice;
      }
      if (slice && !begins) {
        payload(next, false, true); // nothing follows the end of a slice that was cut
      }
    }

    private int most() {
      return mostBytes() - HEADER;
    }

    private void payload(int to, boolean begins, boolean ends) {
      int flags =
          (sequence ? SEQUENCE_PRESENT : 0)
              | (slices && begins ? BEGINS_SLICE : 0)
              | (slices && ends ? ENDS_SLICE : 0);
      int fields = headers.number() << 16 | flags | headers.type() << 8 | headers.codes();
      byte[] header = {
        (byte) (fields >> 24), (byte) (fields >> 16), (byte) (fields >> 8), (byte) fields
      };
      output.payload(withHeader(header, content, from, to - from), timestamp, to == end);
      from = to;
      sequence = false;
      slices = false;
    }
  }
}
