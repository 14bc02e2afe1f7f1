package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The way of one track's packets to one reader; used on the event loop of its connection. */
interface TrackOutput extends TrackWay {
  /** Whether another packet may be sent. */
  boolean hasRoom();

  /** Sends a packet, which is retained where it waits. */
  void send(OutgoingPacket packet);

  /** Sends packets that came together. */
  default void send(PacketBatch batch) {
    batch.packets().forEach(this::send);
  }

  /** Sends an RTCP compound packet, which is retained where it waits. */
  void report(ByteBuf rtcp);

  /** Whether frames on this channel of the connection are the RTCP of this track's reader. */
  default boolean isReport(int channel) {
    return false;
  }

  /** A report of the reader, decrypted where it has to be; null to drop it. */
  default @Nullable ByteBuf readable(ByteBuf report) {
    return report;
  }

  /** Nothing more comes for now. */
  void flush();
}
