package dev.photofinish.cli.stream;

import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import java.time.Duration;

/** Keeps what happened to a stream last, for the error of a command that got nothing from it. */
public final class LastReason implements CameraListener {
  private volatile CameraState state = CameraState.CONNECTING;
  private volatile String last = "";

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    if (to != CameraState.CLOSED) { // by us, when nobody waits any more
      state = to;
      last = reason;
    }
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    last = reason;
  }

  /** The stream's state before it was closed, and why. */
  public String text() {
    return "the stream is " + state + (last.isEmpty() ? "" : ": " + last);
  }
}
