package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.transport.SkippedMedia;
import java.util.ArrayList;
import java.util.List;

/** Describes the tracks of a session to users. */
final class MediaStreams {
  private MediaStreams() {}

  static List<MediaStream> of(List<Track> tracks) {
    List<MediaStream> streams = new ArrayList<>(tracks.size());
    for (Track track : tracks) {
      streams.add(MediaStream.of(streams.size(), track.media(), track.keys().isPresent()));
    }
    return List.copyOf(streams);
  }

  static List<LeftOutMedia> leftOut(List<SkippedMedia> skipped) {
    return skipped.stream()
        .map(s -> new LeftOutMedia(s.media().type(), codec(s.media().format()), s.reason()))
        .toList();
  }

  private static String codec(MediaFormat format) {
    return format.codec().isEmpty() ? "unknown" : format.codec();
  }
}
