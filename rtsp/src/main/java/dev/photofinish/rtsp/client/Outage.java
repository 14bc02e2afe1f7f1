package dev.photofinish.rtsp.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time without media that cost the stream its {@link CameraState#PLAYING} state.
 *
 * @param from arrival of the last packet before, counted from the opening of the stream
 * @param to arrival of the first packet after; null while the outage goes on
 */
public record Outage(Duration from, @Nullable Duration to) {

  /** How long it lasted, or has lasted until {@code now}, counted from the stream's opening. */
  public Duration length(Duration now) {
    return (to == null ? now : to).minus(from);
  }
}
