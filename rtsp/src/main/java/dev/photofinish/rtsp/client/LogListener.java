package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a stream's life becomes log lines: each change of state with its reason. */
final class LogListener implements CameraListener {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    LOG.info("{}: {} -> {}: {}", stream.url(), from, to, reason);
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    LOG.info(
        "{}: retry {} in {} ms ({}): {}",
        stream.url(),
        attempt,
        delay.toMillis(),
        strategy,
        reason);
  }

  @Override
  public void described(CameraStream stream, List<MediaStream> streams) {
    String media =
        streams.stream()
            .map(s -> s.media() + " " + s.codec() + "/" + s.clockRate())
            .collect(Collectors.joining(", "));
    LOG.info("{}: serves {}", stream.url(), media);
  }
}
