package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The memory that the packets of one track are written to, each with its interleaved frame. */
final class PacketBytes {
  private final int track;
  private final long ssrc;
  private final FrameBuffer frames;

  PacketBytes(SourceTrack track) {
    this.track = track.index();
    this.ssrc = track.ssrc();
    this.frames =
        new FrameBuffer(
            track.media().media().equals("video")
                ? FrameBuffer.VIDEO_BYTES
                : FrameBuffer.OTHER_BYTES);
  }

  /** Room for a packet, behind the header of its frame. */
  ByteBuf frame(int length, ByteBufAllocator allocator) {
    return frames
        .room(OutgoingPacket.INTERLEAVED_HEADER + length, allocator)
        .writeByte('$')
        .writeByte(2 * track)
        .writeShort(length);
  }

  /** Makes the last {@code length} bytes a packet of ours. */
  void patch(ByteBuf out, int length, boolean marker, int type, int sequence, long time) {
    int rtp = out.writerIndex() - length;
    out.setByte(rtp + 1, (marker ? 0x80 : 0) | type);
    out.setShort(rtp + 2, sequence);
    out.setInt(rtp + 4, (int) time);
    out.setInt(rtp + 8, (int) ssrc);
  }

  /** Lets go of what the next packets would be written to; they are written to something else. */
  void release() {
    frames.release();
  }
}
