package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The part of a source that one reader gets: its tracks, from a key frame on, and after it was too
 * slow from the next one on. Used on the reader's event loop; the counts may be read anywhere.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counts are written on the reader's loop alone
public final class ReaderSlot {
  private final SourceReader reader;
  private final LastSent last = new LastSent();
  private final Runnable missed;

  /** Whether the video waits for a key frame. */
  private boolean waiting;

  /** Whether it is known that it waits for one. */
  private boolean said;

  private boolean started;
  private volatile Set<Integer> tracks;
  private volatile boolean paused;
  private volatile boolean over;

  // Written on one thread.
  private volatile long packets;
  private volatile long bytes;
  private volatile long dropped;

  /**
   * The place of a reader that has not begun.
   *
   * @param tracks that it gets
   * @param missed called on the reader's loop when it was too slow, and would take a key frame now
   */
  public ReaderSlot(SourceReader reader, Set<Integer> tracks, Runnable missed) {
    this.reader = reader;
    this.missed = missed;
    this.tracks = Set.copyOf(tracks);
  }

  /** It gets these tracks from now on. While it is paused, and on the reader's loop. */
  public void tracks(Set<Integer> wanted) {
    tracks = Set.copyOf(wanted);
  }

  /** Whether it gets a track. */
  boolean takes(int track) {
    return tracks.contains(track);
  }

  /**
   * Begins, or goes on after a pause.
   *
   * @param group packets of the video since the last key frame; empty where none is known. They
   *     stay the caller's
   * @param next of all tracks, if something came now
   * @param video the track that waits for key frames; -1 if none does
   */
  void begin(List<OutgoingPacket> group, List<NextPacket> next, int video) {
    if (over) {
      return;
    }
    paused = false;
    List<OutgoingPacket> first =
        tracks.contains(video)
            ? GroupStart.compress(group, last.count(group))
            : List.<OutgoingPacket>of();
    waiting = tracks.contains(video) && group.isEmpty();
    said = true;
    started = true;
    reader.started(starts(next, first, video));
    for (OutgoingPacket packet : first) {
      send(packet);
      packet.release();
    }
    if (!first.isEmpty()) {
      last.sent(group.get(group.size() - 1));
    }
  }

  /** All begin with the first packet of the group, where there is one. */
  private List<TrackStart> starts(List<NextPacket> next, List<OutgoingPacket> first, int video) {
    double earlier = first.isEmpty() ? 0 : next.get(video).since(first.get(0).timestamp());
    List<TrackStart> starts = new ArrayList<>();
    for (NextPacket packet : next) {
      if (packet.track() == video && !first.isEmpty()) {
        OutgoingPacket begins = first.get(0);
        starts.add(new TrackStart(video, begins.sequence(), begins.timestamp()));
      } else if (tracks.contains(packet.track())) {
        starts.add(packet.earlier(earlier));
      }
    }
    return starts;
  }

  /** Packets of any track. */
  void packets(PacketBatch batch, int video) {
    if (!started || paused || over || !tracks.contains(batch.track())) {
      return;
    }
    if (batch.track() == video && waiting) {
      sayMissed();
    } else if (reader.hasRoom()) {
      int count = batch.packets().size();
      packets += count;
      bytes += batch.framedBytes() - count * OutgoingPacket.INTERLEAVED_HEADER;
      reader.send(batch);
      if (batch.track() == video) {
        last.sent(batch.packets().get(count - 1));
      }
    } else {
      drop(batch.packets().size(), batch.track() == video);
    }
  }

  private void sayMissed() {
    if (!said && reader.hasRoom()) {
      said = true;
      missed.run();
    }
  }

  private void send(OutgoingPacket packet, int video) {
    if (reader.hasRoom()) {
      send(packet);
      last.sent(packet);
    } else {
      drop(1, packet.track() == video);
    }
  }

  private void drop(int count, boolean ofVideo) {
    dropped += count;
    if (ofVideo) {
      await();
    }
  }

  private void await() {
    waiting = true;
    said = false;
  }

  private void send(OutgoingPacket packet) {
    packets++;
    bytes += packet.framedBytes() - OutgoingPacket.INTERLEAVED_HEADER;
    reader.send(packet);
  }

  /** A key frame, all of whose packets came already. */
  void keyFrame(List<OutgoingPacket> group, int video) {
    if (!started || paused || over || !waiting || !tracks.contains(video)) {
      return;
    }
    if (!reader.hasRoom()) {
      said = false;
      return;
    }
    waiting = false;
    for (OutgoingPacket packet : group) {
      if (!waiting) {
        send(packet, video);
      }
    }
  }

  /** Packets did not even come here. */
  void missed(long count) {
    if (started && !paused && !over) {
      dropped += count;
      await();
    }
  }

  void report(int track, ByteBuf rtcp) {
    if (started && !over && tracks.contains(track)) {
      reader.report(track, rtcp);
    }
  }

  void flush() {
    if (!over) {
      reader.flush();
    }
  }

  /** Nothing is sent until it begins again. */
  public void pause() {
    paused = true;
  }

  /** Nothing more is sent, and nothing reported. */
  public void close() {
    over = true;
  }

  /** The source has ended. On the reader's loop. */
  public void ended(String reason) {
    if (!over) {
      over = true;
      reader.ended(reason);
    }
  }

  /** Packets sent. */
  public long packets() {
    return packets;
  }

  /** Bytes of those, RTP headers included. */
  public long bytes() {
    return bytes;
  }

  /** Packets that the reader was too slow for. */
  public long dropped() {
    return dropped;
  }
}
