package dev.photofinish.media.mp4;

import dev.photofinish.media.codec.AnnexB;
import dev.photofinish.media.codec.Av1;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a frame as MP4 has them: NAL units after their lengths, no delimiters. */
final class SampleData {
  private static final int LENGTH_BYTES = 4;

  private final boolean inBand;

  /**
   * @param inBand whether parameter sets stay in the stream
   */
  SampleData(boolean inBand) {
    this.inBand = inBand;
  }

  /** Appends views of the frame, retained; the number of bytes. */
  int append(Frame frame, CompositeByteBuf out) {
    int before = out.writerIndex();
    Codec codec = frame.codec();
    if (codec.hasNalUnits()) {
      lengths(kept(frame), out);
    } else if (codec == Codec.AV1) {
      for (int i = 0; i < frame.unitCount(); i++) {
        ByteBuf unit = frame.unit(i);
        if (unit.isReadable() && !Av1.isDelimiter(unit)) {
          out.addComponent(true, unit.retain());
        }
      }
    } else if (frame.content().isReadable()) {
      out.addComponent(true, frame.content().retainedDuplicate());
    }
    return out.writerIndex() - before;
  }

  /** ISO/IEC 14496-15: parameter sets of avc1 and hvc1 are in the sample entry alone. */
  private List<ByteBuf> kept(Frame frame) {
    List<ByteBuf> all = AnnexB.withParameterSets(frame);
    List<ByteBuf> kept = new ArrayList<>(all.size());
    NalSyntax syntax = NalSyntax.of(frame.codec());
    for (ByteBuf unit : all) {
      int type = syntax.type(unit);
      boolean out = syntax.isDelimiter(type) || (!inBand && syntax.isParameterSet(type));
      if (type >= 0 && !out) {
        kept.add(unit);
      }
    }
    return kept.isEmpty() ? all : kept;
  }

  private static void lengths(List<ByteBuf> units, CompositeByteBuf out) {
    ByteBuf lengths = Unpooled.buffer(LENGTH_BYTES * units.size());
    for (ByteBuf unit : units) {
      lengths.writeInt(unit.readableBytes());
    }
    for (int i = 0; i < units.size(); i++) {
      out.addComponent(true, lengths.retainedSlice(LENGTH_BYTES * i, LENGTH_BYTES));
      out.addComponent(true, units.get(i).retainedDuplicate());
    }
    lengths.release();
  }
}
