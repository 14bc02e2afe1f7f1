package dev.photofinish.relay.source;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Takes what a source sends to one reader. All methods but {@link #isOf} are called on the event
 * loop that {@link Source#attach} was given: first {@link #started}, at last {@link #ended}, which
 * comes once.
 */
public interface SourceReader {
  /**
   * Whether these tracks are those that it was told of, any by default. Asked once, on the source's
   * own thread, before it begins; where it says no, it is {@link #ended} instead: what a source
   * offers may have changed since it was described.
   */
  default boolean isOf(List<SourceTrack> offered) {
    return true;
  }

  /** The packets that follow begin here; one for each of the reader's tracks. */
  void started(List<TrackStart> starts);

  /**
   * Whether another packet may be sent. Where it says no, the packet is dropped, and all of its
   * track's media up to the next key frame: what waits for a slow reader is bounded here.
   */
  boolean hasRoom();

  /** One packet; valid during the call, retained to keep it. */
  void send(OutgoingPacket packet);

  /**
   * Packets that came together, in order; valid during the call. There was room for one of them,
   * and all are taken: they are 64 KiB and a packet at most.
   */
  default void send(PacketBatch batch) {
    batch.packets().forEach(this::send);
  }

  /** An RTCP compound packet of the track's source; valid during the call. */
  void report(int track, ByteBuf rtcp);

  /** Nothing more comes for now: what was sent may be flushed. */
  void flush();

  /** The source has ended, or no longer can be what the reader was told. */
  void ended(String reason);
}
