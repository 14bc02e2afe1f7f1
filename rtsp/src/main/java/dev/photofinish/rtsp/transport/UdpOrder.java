package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.ReorderBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The RTP packets of one track that come as datagrams, each source's put back into order: sequence
 * numbers of one say nothing of another's (RFC 3550 section 5.1).
 */
final class UdpOrder {
  /** RTP of version 2 without payload (RFC 3550 section 5.1). */
  static final int HEADER_LENGTH = 12;

  /** How many packets ahead of a missing one are kept. */
  private static final int CAPACITY = 256;

  private static final long NO_SSRC = -1;

  private final long announced;
  private final ReorderBuffer<ByteBuf> order;
  private boolean isAnnounced;
  private long source = NO_SSRC;

  /**
   * @param announced the SSRC that the camera said its packets have (RFC 2326 section 12.39)
   * @param window nanoseconds that a packet may wait for those before it
   */
  UdpOrder(OptionalLong announced, long window) {
    this.announced = announced.orElse(NO_SSRC);
    this.order = new ReorderBuffer<>(CAPACITY, window, ReferenceCountUtil::release);
  }

  /**
   * A packet came, of {@link #HEADER_LENGTH} bytes at least; not released here. Where the camera's
   * first one has another SSRC than it said, that is not right, and any may be.
   */
  void add(ByteBuf packet, long now) {
    long ssrc = packet.getUnsignedInt(packet.readerIndex() + 8);
    if (source == NO_SSRC) {
      isAnnounced = ssrc == announced;
    } else if (ssrc != source) {
      if (isAnnounced) {
        return;
      }
      order.restart();
    }
    source = ssrc;
    order.add(packet.getUnsignedShort(packet.readerIndex() + 2), packet.retain(), now);
  }

  /** The next packet, which the caller releases; null when there is none, or it has to wait. */
  @Nullable ByteBuf poll(long now) {
    return order.poll(now);
  }

  /** When to {@link #poll} if nothing comes before. */
  OptionalLong deadline() {
    return order.deadline();
  }

  /** Releases all that waits. */
  void clear() {
    order.clear();
  }
}
