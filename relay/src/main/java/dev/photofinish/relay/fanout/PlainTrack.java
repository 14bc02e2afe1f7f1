package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A track that waits for no key frame, as sound: its packets pass as they come. Behind an
 * interruption, and where they begin later than readers, they are held back up to their first
 * frame, which says what they are beside the other tracks.
 *
 * <p>Not safe for use by several threads. Times are nanoseconds of the caller's clock.
 */
final class PlainTrack {
  /** More of them without a frame, and the time at which they came has to do. */
  private static final int MOST_HELD = 64;

  private final TrackOutput track;
  private final ByteBufAllocator allocator;
  private final Consumer<OutgoingPacket> output;

  /** Whether frames are made of its packets. */
  private final boolean understood;

  private final List<RtpPacket> held = new ArrayList<>();
  private boolean holding;
  private int offered;

  /**
   * @param of what readers are told of it
   * @param output takes what readers get, and the references to it
   */
  PlainTrack(
      TrackOutput track,
      SourceTrack of,
      ByteBufAllocator allocator,
      Consumer<OutgoingPacket> output) {
    this.track = track;
    this.offered = of.media().payloadType();
    this.understood = PayloadFormats.problem(of.media().payloadFormat()).isEmpty();
    this.allocator = allocator;
    this.output = output;
  }

  /** What follows continues nothing. */
  void interrupted(int payloadType) {
    offered = payloadType;
    track.restart();
    release();
    holding = understood;
  }

  /** A packet of the camera's, which stays the caller's. */
  void packet(RtpPacket packet, long now) {
    holding |= understood && track.isAwaited();
    if (!holding) {
      pass(packet, now);
      return;
    }
    held.add(packet.retain());
    if (held.size() >= MOST_HELD) {
      passHeld(now);
    }
  }

  /**
   * A frame, all of whose packets came before.
   *
   * @param ntp when it is due, 64 bits: seconds since 1900 and a fraction
   * @return as {@link TrackOutput#begin}
   */
  long frame(Frame frame, long ntp, long now) {
    long later = 0;
    if (!held.isEmpty()) {
      later = track.begin(held.get(held.size() - 1), frame.timestamp(), ntp, 0, now);
      passHeld(now);
    }
    return later;
  }

  private void passHeld(long now) {
    holding = false;
    held.forEach(packet -> pass(packet, now));
    release();
  }

  private void pass(RtpPacket packet, long now) {
    output.accept(track.packet(packet, packet.content(), offered, allocator, now));
  }

  /** Lets go what is held back. */
  void release() {
    held.forEach(RtpPacket::release);
    held.clear();
  }
}
