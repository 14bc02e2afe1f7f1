package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;

/** Puts the frames of a group of pictures together again, for a viewer that came in between. */
final class GroupFrames {
  private final MediaStream media;

  /** When a frame was due whose timestamp is known, and that timestamp. */
  private final long time;

  private final long timestamp;

  /**
   * @param time {@link Frame#time} of a frame of this media
   * @param timestamp of the same frame, as readers get it
   */
  GroupFrames(MediaStream media, long time, long timestamp) {
    this.media = media;
    this.time = time;
    this.timestamp = timestamp;
  }

  /**
   * All frames that are complete, in order; the packets stay the caller's.
   *
   * @param output takes frames, which are valid during the call
   */
  void each(List<OutgoingPacket> group, Consumer<Frame> output) {
    PayloadFormats.depacketizer(media.index(), media.payloadFormat(), frame -> hand(frame, output))
        .ifPresent(
            depacketizer -> {
              group.forEach(packet -> put(packet, depacketizer));
              depacketizer.reset();
            });
  }

  private void put(OutgoingPacket packet, Depacketizer depacketizer) {
    ByteBuf rtp = packet.rtp();
    try {
      depacketizer.packet(RtpPacket.of(media, rtp), rtp, rtp.readerIndex(), 0);
    } catch (RtpFormatException e) {
      throw new AssertionError(e); // it was read when it came
    }
  }

  private void hand(Frame frame, Consumer<Frame> output) {
    long ticks = (int) (frame.timestamp() - timestamp);
    long rate = Math.max(1, frame.format().clockRate());
    Frame timed = frame.at(new FrameTime(time + ticks * 1_000_000_000L / rate, true, null, false));
    try {
      output.accept(timed);
    } finally {
      timed.release();
    }
  }
}
