package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * AV1 (RTP Payload Format For AV1, version 1.0). A frame is a temporal unit without its delimiter;
 * each OBU in it has its size (the low-overhead format, AV1 specification section 5.2).
 */
final class Av1Depacketizer extends VideoDepacketizer {
  private static final int CONTINUES_BEFORE = 0x80;
  private static final int CONTINUES_AFTER = 0x40;

  private final Av1Obu obu = new Av1Obu();
  private @Nullable ByteBuf sequence;
  private boolean sequenceChanged;

  /** The beginning of the OBU whose end is in packets that follow. */
  private FrameBuilder.@Nullable Mark fragment;

  Av1Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.AV1, output);
  }

  /**
   * Section 4.4: the aggregation header with Z, Y, W and N, then elements, each with its length.
   */
  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    int aggregation = in.getByte(index);
    boolean continued = (aggregation & CONTINUES_BEFORE) != 0;
    if (!continued) {
      endIsMissing();
    }
    int count = elements(aggregation);
    int end = index + length;
    int at = index + 1;
    for (int i = 1; at < end; i++) {
      long size = i == count ? end - at : Leb128.value(in, at, end);
      at += i == count ? 0 : Leb128.length(in, at, end);
      if (size < 0 || size > end - at) {
        frame().damage();
        abandon();
        return;
      }
      int next = at + (int) size;
      boolean continues = next == end && (aggregation & CONTINUES_AFTER) != 0;
      element(continued && i == 1, continues, in, at, (int) size);
      at = next;
    }
  }

  /** W: the last of so many has no length; 0 where each has one. */
  private static int elements(int aggregation) {
    return (aggregation >> 4) & 3;
  }

  private void element(boolean continued, boolean continues, ByteBuf in, int index, int length) {
    if (!continued) {
      frame().unit();
      fragment = frame().mark();
      obu.begin();
    }
    if (fragment == null) {
      frame().damage(); // its start was lost: what is left of it is of no use
      return;
    }
    int header = obu.add(in, index, length);
    frame().append(in, index + header, length - header);
    if (!continues) {
      end(fragment);
      fragment = null;
    }
  }

  /** The OBU is whole: its header and its size are put before its payload. */
  private void end(FrameBuilder.Mark begin) {
    if (obu.isEmpty()) {
      frame().dropEmptyUnit();
      return;
    }
    byte[] header = obu.header();
    if (header.length == 0) {
      frame().damage(); // it contradicts itself
    }
    if (header.length == 0 || obu.isDropped()) {
      frame().cut(begin);
      frame().dropEmptyUnit();
      return;
    }
    frame().insert(begin, header);
    if (obu.isSequenceHeader()) {
      take(obu.whole(header));
    }
    access(obu.randomAccess());
  }

  private void take(@Nullable ByteBuf header) {
    if (header != null && !header.equals(sequence)) {
      sequence = header;
      sequenceChanged = true;
    }
  }

  /** A frame begins with anything that is no tile group; N says that one does, too. */
  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    int aggregation = in.getByte(index);
    int end = index + length;
    int at = index + 1;
    at += elements(aggregation) == 1 ? 0 : Leb128.length(in, at, end);
    return (aggregation & CONTINUES_BEFORE) == 0
        && at < end
        && !Av1Obu.isInsideFrame(in.getByte(at));
  }

  @Override
  boolean isWhole() {
    return fragment == null;
  }

  private void endIsMissing() {
    if (fragment != null) {
      frame().damage();
      abandon();
    }
  }

  @Override
  void abandon() {
    if (fragment != null) {
      frame().cut(fragment);
      frame().dropEmptyUnit();
      fragment = null;
    }
  }

  @Override
  void forget() {
    fragment = null;
  }

  @Override
  void complete() {
    endIsMissing();
    if (sequenceChanged && sequence != null) {
      sequenceChanged = false;
      PictureSize size = obu.size();
      size(size.width(), size.height());
      format(format().withParameterSets(List.of(sequence)));
    }
  }
}
