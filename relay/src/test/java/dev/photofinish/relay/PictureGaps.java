package dev.photofinish.relay;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** A reader that keeps the longest time without a packet of the video since it was last asked. */
final class PictureGaps implements SourceReader {
  private long lastAt = System.nanoTime();
  private long longest;
  private long packets;
  private String ended = "";

  @Override
  public void started(List<TrackStart> at) {}

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public synchronized void send(OutgoingPacket packet) {
    if (packet.track() == 0) {
      long now = System.nanoTime();
      longest = Math.max(longest, now - lastAt);
      lastAt = now;
      packets++;
    }
  }

  @Override
  public void report(int track, ByteBuf rtcp) {}

  @Override
  public void flush() {}

  @Override
  public synchronized void ended(String reason) {
    ended = reason;
  }

  /** The longest gap since the last call, in nanoseconds. */
  synchronized long longest() {
    long gap = longest;
    longest = 0;
    return gap;
  }

  synchronized long packets() {
    return packets;
  }

  synchronized String ended() {
    return ended;
  }
}
