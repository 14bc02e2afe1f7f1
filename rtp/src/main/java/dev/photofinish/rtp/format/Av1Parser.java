package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses OBUs one after the other (AV1 specification section 5.2). A temporal unit ends before a
 * temporal delimiter, and at {@link #end}: in MP4 each sample is one. An OBU without a size goes on
 * to there, as the last one of a sample may.
 */
final class Av1Parser extends StreamParser {
  private static final int CLOCK_RATE = 90_000;
  private static final double USUAL_SECONDS = 1 / 25.0;
  private static final int HAS_EXTENSION = 0x04;
  private static final int HAS_SIZE = 0x02;

  /** Of a size in leb128. */
  private static final int MOST_SIZE_BYTES = 8;

  /** The length of an OBU of which too little is there to say it. */
  private static final long NOT_KNOWN = Long.MAX_VALUE;

  private final FrameBuilder frame;
  private final Av1Obu obu = new Av1Obu();
  private FrameFormat format = FrameFormat.video(Codec.AV1, CLOCK_RATE);
  private @Nullable ByteBuf sequence;
  private RandomAccess access = RandomAccess.NONE;
  private boolean hasPicture;
  private long frameTime = NO_TIME;
  private long usedTime = NO_TIME;

  Av1Parser(int track, Consumer<? super Frame> output) {
    super(output);
    frame = new FrameBuilder(track, Depacketizer.MOST_FRAME_BYTES);
    frame.begin(0, 0);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void parse(long time, int from) {
    ByteBuf in = pending();
    long length = length(in);
    while (length <= in.readableBytes()) {
      obu(in, (int) length, time);
      in.skipBytes((int) length);
      length = length(in);
    }
    boolean endless = length != NOT_KNOWN && length > Depacketizer.MOST_FRAME_BYTES;
    if (endless || in.readableBytes() > Depacketizer.MOST_FRAME_BYTES) {
      frame.damage(); // and where the next one begins cannot be known
      in.skipBytes(in.readableBytes());
    }
  }

  /** Bytes of the OBU that begins the readable ones, with its header and size. */
  private static long length(ByteBuf in) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    if (at == end || (in.getByte(at) & HAS_SIZE) == 0) {
      return NOT_KNOWN;
    }
    int header = (in.getByte(at) & HAS_EXTENSION) != 0 ? 2 : 1;
    int sizeBytes = Leb128.length(in, at + header, end);
    if (sizeBytes == 0) {
      boolean more = end - at - header < MOST_SIZE_BYTES;
      return more ? NOT_KNOWN : Depacketizer.MOST_FRAME_BYTES + 1L;
    }
    long size = Leb128.value(in, at + header, end);
    return size < 0 ? Depacketizer.MOST_FRAME_BYTES + 1L : header + sizeBytes + size;
  }

  private void obu(ByteBuf in, int length, long time) {
    ByteBuf bytes = Unpooled.copiedBuffer(in.slice(in.readerIndex(), length));
    obu.begin();
    int skipped = obu.add(bytes, 0, length);
    byte[] header = obu.header();
    if (obu.isDelimiter()) {
      endFrame();
    } else if (header.length == 0) {
      frame.damage(); // it contradicts itself
    } else if (!obu.isDropped()) {
      if (frameTime == NO_TIME && time != usedTime) {
        frameTime = time;
        usedTime = time;
      }
      frame.unit();
      frame.append(header);
      frame.append(bytes, skipped, length - skipped);
      described(header);
    }
    bytes.release();
  }

  private void described(byte[] header) {
    hasPicture |= obu.isPicture();
    access = access.strongest(obu.randomAccess());
    ByteBuf whole = obu.isSequenceHeader() ? obu.whole(header) : null;
    if (whole != null && !whole.equals(sequence)) {
      sequence = whole;
      PictureSize size = obu.size();
      format = format.withSize(size.width(), size.height()).withParameterSets(List.of(whole));
    }
  }

  @Override
  void interrupted() {
    frame.damage();
  }

  @Override
  public void end() {
    ByteBuf in = pending();
    if (in.isReadable() && (in.getByte(in.readerIndex()) & HAS_SIZE) == 0) {
      obu(in, in.readableBytes(), NO_TIME);
    } else if (in.isReadable()) {
      frame.damage(); // it is cut off
    }
    in.skipBytes(in.readableBytes());
    endFrame();
  }

  /** What has no picture is no frame: its sequence header is known from now on. */
  private void endFrame() {
    if (hasPicture) {
      emit(frame.build(format, access), frameTime, USUAL_SECONDS);
      frameTime = NO_TIME;
    }
    frame.begin(0, 0);
    hasPicture = false;
    access = RandomAccess.NONE;
  }
}
