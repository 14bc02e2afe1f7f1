package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.CameraListener;
import java.util.Map;

/** The work of a command on the stream that it watches, beside reporting on it. */
public interface StreamWork extends CameraListener {
  /** Watching alone. */
  StreamWork NONE = new StreamWork() {};

  /**
   * Ends the work. Called once, when the stream is over, and may wait.
   *
   * @return what was done
   */
  default Done end() throws InterruptedException {
    return Done.NOTHING;
  }

  /**
   * The result of the work.
   *
   * @param success whether it did what was asked
   * @param figures for the summary in JSON
   * @param words human-readable, such as {@code 3 files}; empty for none
   */
  record Done(boolean success, Map<String, Object> figures, String words) {
    static final Done NOTHING = new Done(true, Map.of(), "");
  }
}
