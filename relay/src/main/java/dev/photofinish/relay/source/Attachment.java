package dev.photofinish.relay.source;

import java.util.Set;

/** A reader's place at a source. Every method may be called from any thread. */
public interface Attachment extends AutoCloseable {
  /** Sends nothing until {@link #resume}; what comes meanwhile is left out. */
  void pause();

  /**
   * Goes on with the present, and with what was left out since the last key frame: no number is
   * sent twice. {@link SourceReader#started} is called again.
   *
   * @param tracks that it gets from now on, by their {@link SourceTrack#index}
   */
  void resume(Set<Integer> tracks);

  /**
   * The reader has lost what its pictures need, and would go on with a key frame: the source is
   * asked for one, where it takes that. A source may do nothing, and for many requests does no more
   * than for one.
   */
  default void requestKeyFrame() {}

  /** Packets that this reader was too slow for. */
  long dropped();

  /** Packets sent. */
  long packets();

  /** Bytes of those, RTP headers included. */
  long bytes();

  /**
   * Detaches: nothing is called after it but what is running; {@link SourceReader#ended} is not.
   */
  @Override
  void close();

  /**
   * As {@link #close()}.
   *
   * @param reason why the reader leaves, for those who watch the source
   */
  default void close(String reason) {
    close();
  }
}
