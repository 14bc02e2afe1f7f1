package dev.photofinish.media.container;

import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * A file format that frames are put into, fragment by fragment. It remembers what its own counters
 * need: one object belongs to one {@link Fragmenter}.
 */
public interface Container {
  /** Of file names, without the dot. */
  String extension();

  /** Such as {@code video/mp4; codecs="avc1.64001f, mp4a.40.2"}. */
  String contentType(List<Track> tracks);

  /** Why frames of this format can never be in it, one sentence; empty where they can. */
  Optional<String> problem(FrameFormat format);

  /**
   * Whether enough is known for a header.
   *
   * @param head the beginning of a frame
   */
  boolean isDescribed(FrameFormat format, ByteBuf head);

  /** Whether frames of {@code next} may follow frames of {@code current} without a new header. */
  boolean continues(FrameFormat current, FrameFormat next);

  /** Ticks a second for the times of a media. */
  int timescale(FrameFormat format);

  /** Begins: what is written before all fragments; readable bytes may be none. */
  ByteBuf header(List<Track> tracks);

  /**
   * Appends a fragment; frames stay the caller's, what is kept of them is retained.
   *
   * @param samples in the order in which they came, 1 or more
   */
  void fragment(List<Sample> samples, CompositeByteBuf out);
}
