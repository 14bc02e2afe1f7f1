package dev.photofinish.media.raw;

import dev.photofinish.media.codec.Aac;
import dev.photofinish.media.codec.ElementaryStream;
import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.Sample;
import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/**
 * No container: the elementary stream of the first media of one kind. H.264, H.265 and H.266 are
 * Annex B with parameter sets before each key frame, AAC is ADTS, AV1 a stream of OBUs, JPEG one
 * file behind the other. Times are lost.
 */
public final class RawContainer implements Container {
  private final Codec.Kind kind;

  public RawContainer(Codec.Kind kind) {
    this.kind = kind;
  }

  @Override
  public String extension() {
    return "es";
  }

  @Override
  public String contentType(List<Track> tracks) {
    return "application/octet-stream";
  }

  @Override
  public Optional<String> problem(FrameFormat format) {
    if (format.codec().kind() != kind) {
      return Optional.of(format.codec() + " is not the media that was asked for");
    }
    return format.codec() == Codec.AAC && !Aac.of(format).fitsAdts()
        ? Optional.of("this kind of AAC has no form without a container (ADTS)")
        : Optional.empty();
  }

  @Override
  public boolean isDescribed(FrameFormat format, ByteBuf head) {
    return ElementaryStream.isDescribed(format);
  }

  @Override
  public boolean continues(FrameFormat current, FrameFormat next) {
    return current.codec() == next.codec();
  }

  @Override
  public int timescale(FrameFormat format) {
    return Math.max(1, format.clockRate());
  }

  @Override
  public ByteBuf header(List<Track> tracks) {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void fragment(List<Sample> samples, CompositeByteBuf out) {
    for (Sample sample : samples) {
      if (sample.track().index() == 0) {
        ElementaryStream.append(sample.frame(), false, out);
      }
    }
  }
}
