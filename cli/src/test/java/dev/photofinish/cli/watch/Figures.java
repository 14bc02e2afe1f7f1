package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.List;

/** Statistics as a stream gives them, for tests. */
final class Figures {
  static final MediaStream VIDEO = new MediaStream(0, "video", "H264", 96, 90_000, 0, "", false);
  static final MediaStream AUDIO = new MediaStream(1, "audio", "PCMU", 0, 8_000, 1, "", false);

  private Figures() {}

  static MediaStatistics media(MediaStream stream, long packets, long bytes) {
    return new MediaStatistics(stream, packets, bytes, 0, 0, 0, 0, Duration.ofNanos(1_200_000));
  }

  static StreamStatistics statistics(Duration at, MediaStatistics... media) {
    return statistics(at, List.of(), media);
  }

  static StreamStatistics statistics(Duration at, List<Outage> outages, MediaStatistics... media) {
    return new StreamStatistics(CameraState.PLAYING, at, List.of(media), 2, outages);
  }

  /** A report of one video of 1.2 Mbit/s and 25 frames a second, and one audio. */
  static MediaReport report() {
    MediaStatistics video = media(VIDEO, 120, 96_000);
    MediaStatistics audio = media(AUDIO, 50, 8_000);
    return new MediaReport(
        statistics(Duration.ofSeconds(1), video, audio),
        List.of(new MediaRate(video, 1_200_000.0, 25.0), new MediaRate(audio, 64_000.0, null)));
  }
}
