package dev.photofinish.relay;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeader;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A reader that keeps the headers of what it gets. */
class CollectingReader implements SourceReader {
  private static final long LOOK_MILLIS = 20;

  private final List<RtpHeader> video = new ArrayList<>();
  private final List<RtpHeader> audio = new ArrayList<>();
  private boolean full;
  private String ended = "";

  @Override
  public void started(List<TrackStart> at) {}

  @Override
  public synchronized boolean hasRoom() {
    return !full;
  }

  @Override
  public synchronized void send(OutgoingPacket packet) {
    try {
      (packet.track() == 0 ? video : audio).add(RtpHeader.parse(packet.rtp().nioBuffer()));
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    }
    notifyAll();
  }

  @Override
  public void report(int track, ByteBuf rtcp) {}

  @Override
  public void flush() {}

  @Override
  public synchronized void ended(String reason) {
    ended = reason;
    notifyAll();
  }

  synchronized void full(boolean now) {
    full = now;
  }

  synchronized List<RtpHeader> video() {
    return List.copyOf(video);
  }

  synchronized List<RtpHeader> audio() {
    return List.copyOf(audio);
  }

  synchronized String ended() {
    return ended;
  }

  /** Waits until it holds, for at most 60 s. */
  synchronized void await(Predicate<CollectingReader> condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.test(this)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "after 60 s: " + video.size() + " video, " + audio.size() + " audio, ended: " + ended);
      }
      // what is waited for need not come to this reader
      wait(Math.min(LOOK_MILLIS, Math.max(1, left / 1_000_000)));
    }
  }
}
