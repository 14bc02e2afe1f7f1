package dev.photofinish.media;

import java.io.IOException;
import java.nio.file.Path;

/** Events of a recording, on its own thread, one after the other. */
public interface RecordingListener {
  /** A listener that does nothing. */
  RecordingListener NONE = new RecordingListener() {};

  /** A file has its first part; it has the extension {@code .part} until it is finished. */
  default void started(Path file) {}

  /** A file is finished, and has its name. */
  default void finished(Path file, RecordedFile what) {}

  /** A file was removed because of its age or of the size of all. */
  default void removed(Path file) {}

  /**
   * A file must go and cannot be removed. Once for each file; it is tried again with each part.
   *
   * @param cause its message says why
   */
  default void notRemoved(Path file, IOException cause) {}

  default void gap(Gap gap) {}

  /**
   * The disk is slower than the camera: frames are dropped up to the next key frame. Once until it
   * has caught up.
   *
   * @param frames that were dropped by now
   */
  default void tooSlow(long frames) {}

  /**
   * The disk failed. Once until it works again; recording goes on by itself when it does.
   *
   * @param cause its message says what is wrong
   */
  default void failed(IOException cause) {}

  /** The disk works again. */
  default void recovered() {}

  /** A media cannot be in the container. */
  default void leftOut(int media, String reason) {}
}
