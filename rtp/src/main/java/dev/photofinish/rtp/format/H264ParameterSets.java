package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** SPS and PPS of H.264, from sprop-parameter-sets (RFC 6184 section 8.1) and from the stream. */
final class H264ParameterSets implements NalDepacketizer.ParameterSets {
  private static final int SPS = 7;
  private static final int PPS = 8;

  private final ParameterSetStore sequences = new ParameterSetStore(8);
  private final ParameterSetStore pictures = new ParameterSetStore(32);
  private int width;
  private int height;

  /**
   * @param sprops NAL units in base64 with commas between; what is not one is left out
   */
  H264ParameterSets(String sprops) {
    int at = 0;
    while (at < sprops.length()) {
      int comma = sprops.indexOf(',', at);
      int end = comma < 0 ? sprops.length() : comma;
      FormatParameters.base64(sprops.substring(at, end))
          .filter(nal -> nal.length > 0)
          .ifPresent(nal -> take(Unpooled.wrappedBuffer(nal), 0, nal.length));
      at = end + 1;
    }
  }

  @Override
  public Codec codec() {
    return Codec.H264;
  }

  @Override
  public boolean take(ByteBuf in, int index, int length) {
    return switch (in.getByte(index) & 0x1f) {
      case SPS -> sequence(in, index, length);
      case PPS -> pictures.put(pictureId(in, index, length), in, index, length);
      default -> false;
    };
  }

  private static int pictureId(ByteBuf in, int index, int length) {
    return new BitReader(in, index + 1, length - 1).unsigned();
  }

  private boolean sequence(ByteBuf in, int index, int length) {
    H264Sps sps = H264Sps.parse(in, index, length);
    if (!sequences.put(sps.id(), in, index, length)) {
      return false;
    }
    width = sps.width();
    height = sps.height();
    return true;
  }

  @Override
  public FrameFormat applied(FrameFormat format) {
    List<ByteBuf> all = new ArrayList<>(sequences.all());
    all.addAll(pictures.all());
    return format.withSize(width, height).withParameterSets(all);
  }
}
