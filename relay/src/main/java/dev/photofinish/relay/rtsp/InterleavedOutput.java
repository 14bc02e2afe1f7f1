package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** A track's packets as frames on the RTSP connection (RFC 2326 section 10.12). */
final class InterleavedOutput implements TrackOutput {
  private final InterleavedWriter writer;
  private final Pair channels;
  private final boolean framedForUs;
  private final Consumer<ByteBuf> write;

  /**
   * @param track its index in the source, whose packets come framed for channel {@code 2 * track}
   */
  InterleavedOutput(InterleavedWriter writer, Pair channels, int track) {
    this.writer = writer;
    this.write = writer::write;
    this.channels = channels;
    this.framedForUs = channels.rtp() == 2 * track;
    writer.open();
  }

  @Override
  public boolean hasRoom() {
    return writer.hasRoom();
  }

  /** Indices are the writer's own, so that the bytes can be shared with other readers. */
  @Override
  public void send(OutgoingPacket packet) {
    if (framedForUs) {
      writer.write(packet.retainedFramed());
    } else {
      ByteBuf rtp = packet.rtp();
      writer.writeHeader(channels.rtp(), rtp.readableBytes());
      writer.write(rtp.retain());
    }
  }

  /** The same bytes for all readers. */
  @Override
  public void send(PacketBatch batch) {
    if (framedForUs) {
      batch.framed(write);
    } else {
      batch.packets().forEach(this::send);
    }
  }

  @Override
  public void report(ByteBuf rtcp) {
    writer.writeHeader(channels.rtcp(), rtcp.readableBytes());
    writer.write(rtcp.retainedDuplicate());
  }

  @Override
  public boolean isReport(int channel) {
    return channel == channels.rtcp();
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public void close() {
    // The connection's bytes are its own.
  }
}
