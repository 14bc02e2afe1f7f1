package dev.photofinish.rtsp.client;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what becomes of a stream: each change of state with its reason, and its media. */
final class LogListener implements CameraListener {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    LOG.info("{}: {} -> {}: {}", stream.url(), from, to, reason);
  }

  @Override
  public void described(
      CameraStream stream, List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    String media =
        streams.stream()
            .map(
                s ->
                    s.media()
                        + " "
                        + s.codec()
                        + "/"
                        + s.clockRate()
                        + (s.encrypted() ? " (SRTP)" : ""))
            .collect(Collectors.joining(", "));
    String without =
        leftOut.stream()
            .map(l -> l.media() + " " + l.codec())
            .collect(Collectors.joining(", ", ", without ", ""));
    LOG.info("{}: serves {}{}", stream.url(), media, leftOut.isEmpty() ? "" : without);
  }
}
