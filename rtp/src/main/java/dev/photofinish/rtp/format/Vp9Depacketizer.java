package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * VP9 (RFC 9628), flexible mode or not. The frames of all spatial layers of a picture are one frame
 * here; each is a unit of it.
 */
final class Vp9Depacketizer extends VideoDepacketizer {
  private final Vp9Descriptor descriptor = new Vp9Descriptor();

  Vp9Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, Codec.VP9, output);
  }

  @Override
  void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    if (!descriptor.read(in, index, length)) {
      frame().damage();
      return;
    }
    int skipped = descriptor.length();
    if (descriptor.beginsLayer()) {
      if (frame().isEmpty() && descriptor.isFirstLayer()) {
        begin(in, index + skipped, length - skipped);
      } else if (descriptor.hasSize()) {
        size(descriptor.width(), descriptor.height());
      }
      frame().unit();
    }
    frame().append(in, index + skipped, length - skipped);
  }

  /** The size is that of the highest layer, where the packet has it, else that of the key frame. */
  private void begin(ByteBuf in, int index, int length) {
    Vp9Header header = Vp9Header.read(in, index, length);
    if (!header.isKey()) {
      return;
    }
    access(RandomAccess.IDR);
    if (descriptor.hasSize()) {
      size(descriptor.width(), descriptor.height());
    } else {
      size(header.size().width(), header.size().height());
    }
  }

  @Override
  boolean isStart(ByteBuf in, int index, int length) {
    return descriptor.read(in, index, length)
        && descriptor.beginsLayer()
        && descriptor.isFirstLayer();
  }
}
