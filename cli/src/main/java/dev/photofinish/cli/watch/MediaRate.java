package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one media and its rates since they were last looked at.
 *
 * @param bitsPerSecond null where there was too little time to measure
 * @param framesPerSecond null for what is not video, and as above
 */
record MediaRate(
    MediaStatistics statistics, @Nullable Double bitsPerSecond, @Nullable Double framesPerSecond) {

  static boolean isVideo(MediaStream stream) {
    return stream.media().equals("video");
  }

  boolean isVideo() {
    return isVideo(statistics.stream());
  }
}
