package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.MediaDescription;
import java.util.List;

/**
 * A stream as it is described to readers.
 *
 * @param title human-readable, the session's name in SDP; may be empty
 * @param media in the order of the tracks, one at least, 16 at most: type, formats, bandwidth,
 *     frame rate and direction are described; control, port and connection are the server's
 */
public record ServedStream(String title, List<MediaDescription> media) {
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
}
