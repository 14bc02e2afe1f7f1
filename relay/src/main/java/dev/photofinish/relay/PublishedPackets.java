package dev.photofinish.relay;

import dev.photofinish.relay.source.Publication;
import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.stream.ConnectionClock;
import dev.photofinish.rtsp.stream.FrameClock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one publisher on their way to the loop of the stream, where they are put together
 * to frames. Packets come on the publisher's loop, everything else happens on the stream's.
 */
final class PublishedPackets implements Publication {
  /** Seconds of video of 20 Mbit/s: the stream's loop is stuck when so many wait. */
  private static final int MOST_WAITING = 4_096;

  private static final long NONE = -1;

  private final Receiver receiver;
  private final String name;
  private final EventLoop streamLoop;
  private final String publisher;
  private final EventLoop loop;
  private final Consumer<String> ended;
  private final ConnectionClock clock;
  private final List<Track> tracks = new ArrayList<>();

  private final Queue<RtpPacket> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean dropping;

  private boolean begun;
  private boolean failed;
  private long lastPacket = System.nanoTime();

  /** A media, and the source that it comes from now. */
  private static final class Track {
    final MediaStream media;
    final RtpReception reception;
    final @Nullable Depacketizer depacketizer;
    long ssrc = NONE;

    Track(MediaStream media, RtpReception reception, @Nullable Depacketizer depacketizer) {
      this.media = media;
      this.reception = reception;
      this.depacketizer = depacketizer;
    }

    int clockRate() {
      return depacketizer == null ? media.clockRate() : depacketizer.format().clockRate();
    }
  }

  /** Takes what becomes of a publisher's packets; called on the stream's loop. */
  interface Receiver {
    /** A packet came; false if it does not count, since another one has the place. */
    boolean packet(PublishedPackets from, RtpPacket packet);

    /** It is complete; it stays the caller's. */
    void frame(MediaStream media, Frame frame);

    /** The publisher left. */
    void left(PublishedPackets who, String reason);
  }

  /**
   * @param name of the stream
   * @param streamLoop of the stream
   * @param receptions that count the packets of each media
   * @param loop of the publisher
   * @param ended takes why it has ended, on that loop
   */
  PublishedPackets(
      Receiver receiver,
      String name,
      EventLoop streamLoop,
      List<MediaStream> media,
      List<RtpReception> receptions,
      FrameClock timeline,
      String publisher,
      EventLoop loop,
      Consumer<String> ended) {
    this.receiver = receiver;
    this.name = name;
    this.streamLoop = streamLoop;
    this.publisher = publisher;
    this.loop = loop;
    this.ended = ended;
    for (MediaStream one : media) {
      Depacketizer depacketizer =
          PayloadFormats.depacketizer(one.index(), one.payloadFormat(), frame -> emit(one, frame))
              .orElse(null);
      tracks.add(new Track(one, receptions.get(one.index()), depacketizer));
    }
    this.clock =
        new ConnectionClock(timeline, tracks.stream().map(Track::clockRate).toList(), false);
  }

  String publisher() {
    return publisher;
  }

  boolean hasBegun() {
    return begun;
  }

  long lastPacket() {
    return lastPacket;
  }

  /** Nanoseconds since its last packet, or since it began. */
  long silence(long now) {
    return now - lastPacket;
  }

  // ---- On the publisher's loop

  @Override
  public void packet(RtpPacket packet) {
    if (waiting.get() >= MOST_WAITING) {
      if (!dropping) {
        dropping = true;
        Upstream.LOG.warn(
            "{}: packets of {} come faster than they are handled: some are dropped",
            name,
            publisher);
      }
      return;
    }
    queue.add(packet.retain());
    if (waiting.getAndIncrement() == 0 && !onStreamsLoop(this::drain)) {
      discard();
    }
  }

  @Override
  public void reported(int media, long ntp, long rtpTime) {
    onStreamsLoop(() -> clock.reported(media, ntp, rtpTime));
  }

  @Override
  public void close(String reason) {
    onStreamsLoop(
        () -> {
          receiver.left(this, reason);
          release();
        });
  }

  /** Whether the loop still runs. */
  private boolean onStreamsLoop(Runnable task) {
    try {
      streamLoop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      Upstream.LOG.trace("{} has ended", name);
      return false;
    }
  }

  private void discard() {
    for (RtpPacket packet = queue.poll(); packet != null; packet = queue.poll()) {
      waiting.decrementAndGet();
      packet.release();
    }
  }

  // ---- On the stream's loop

  private void drain() {
    int done = waiting.get();
    while (done > 0) {
      for (int i = 0; i < done; i++) {
        RtpPacket packet = queue.remove();
        try {
          handle(packet);
        } catch (RuntimeException e) {
          failed(e);
        } finally {
          packet.release();
        }
      }
      done = waiting.addAndGet(-done);
    }
  }

  /** What comes after it may be handled all the same. */
  private void failed(RuntimeException e) {
    if (!failed) {
      failed = true;
      Upstream.LOG.error("{}: a packet could not be handled", publisher, e);
    }
  }

  /** A packet of it counts. */
  void count(RtpPacket packet) {
    lastPacket = System.nanoTime();
    tracks
        .get(packet.stream().index())
        .reception
        .packet(packet.sequence(), packet.timestamp(), packet.ssrc(), packet.length(), lastPacket);
  }

  private void handle(RtpPacket packet) {
    if (!receiver.packet(this, packet)) {
      return;
    }
    begun = true;
    Track track = tracks.get(packet.stream().index());
    if (track.depacketizer == null) {
      return;
    }
    if (track.ssrc != packet.ssrc()) {
      another(track, packet.ssrc());
    }
    track.depacketizer.packet(packet, packet.content(), packet.content().readerIndex(), lastPacket);
  }

  /** A packet of another source than before: what follows continues nothing. */
  private void another(Track track, long ssrc) {
    if (track.ssrc != NONE && track.depacketizer != null) {
      track.depacketizer.reset();
      clock.restart(track.media.index());
    }
    track.ssrc = ssrc;
  }

  private void emit(MediaStream media, Frame frame) {
    Frame timed = frame.at(clock.time(frame.track(), frame.timestamp(), frame.arrivedAt()));
    try {
      receiver.frame(media, timed);
    } finally {
      timed.release();
    }
  }

  /** Its place is lost. */
  void end(String reason) {
    release();
    try {
      loop.execute(() -> ended.accept(reason));
    } catch (RejectedExecutionException e) {
      Upstream.LOG.trace("the publisher of {} has ended", name);
    }
  }

  private void release() {
    for (Track track : tracks) {
      if (track.depacketizer != null) {
        track.depacketizer.reset();
      }
    }
  }
}
