package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.MediaDescription;
import java.util.List;
import java.util.Optional;

/**
 * A stream as it is described to readers.
 *
 * @param title human-readable, the session's name in SDP; may be empty
 * @param media in the order of the tracks, one at least, 16 at most: type, formats, bandwidth,
 *     frame rate and direction are described; control, port and connection are the server's
 * @param backChannel the audio that readers may send to it, the track behind the others; described
 *     to those who require it, and may talk; empty where it takes none
 */
public record ServedStream(
    String title, List<MediaDescription> media, Optional<MediaDescription> backChannel) {
  /** The most tracks that a stream may have. */
  public static final int MOST_TRACKS = 16;

  /** Keeps a copy of the list; refuses one that is empty or too long. */
  public ServedStream {
    media = List.copyOf(media);
    if (media.isEmpty() || media.size() > MOST_TRACKS) {
      throw new IllegalArgumentException(
          "Pass 1 to " + MOST_TRACKS + " media, not " + media.size());
    }
  }

  /** A stream that takes no audio. */
  public ServedStream(String title, List<MediaDescription> media) {
    this(title, media, Optional.empty());
  }

  /** What those get who may not talk, or do not ask to. */
  ServedStream withoutBackChannel() {
    return new ServedStream(title, media);
  }

  /** Whether the track with this index is the back channel. */
  boolean isBackChannel(int track) {
    return backChannel.isPresent() && track == media.size();
  }

  /** The number of tracks, the back channel among them. */
  int tracks() {
    return media.size() + (backChannel.isPresent() ? 1 : 0);
  }
}
