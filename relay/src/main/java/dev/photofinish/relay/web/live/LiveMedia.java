package dev.photofinish.relay.web.live;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtsp.client.MediaStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The choice of a camera's media for a browser: its first video, and its first audio if asked for.
 *
 * @param tracks the numbers of those
 * @param leftOut why there is no sound; empty where there is, or none was asked for
 */
record LiveMedia(Set<Integer> tracks, List<String> leftOut) {
  private static final Set<String> SOUND =
      Set.of(
          "MPEG4-GENERIC", "MP4A-LATM", "OPUS", "PCMU", "PCMA", "L16", "MPA", "MPA-ROBUST", "AC3");

  static LiveMedia choose(List<SourceTrack> offered, boolean audio) {
    List<Integer> tracks = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    first(offered, "video").ifPresent(track -> tracks.add(track.index()));
    if (audio || tracks.isEmpty()) {
      first(offered, "audio")
          .ifPresent(
              track -> {
                MediaStream media = track.media();
                if (SOUND.contains(media.codec())) {
                  tracks.add(track.index());
                } else {
                  leftOut.add("The sound is " + media.codec() + ", which browsers do not play.");
                }
              });
    }
    return new LiveMedia(Set.copyOf(tracks), List.copyOf(leftOut));
  }

  private static Optional<SourceTrack> first(List<SourceTrack> offered, String media) {
    return offered.stream().filter(track -> track.media().media().equals(media)).findFirst();
  }
}
