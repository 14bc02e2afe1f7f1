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
 * @param keys of all tracks by their index, the back channel's among them: media is encrypted
 *     (SRTP, RFC 3711), and readers are told how; empty where it is not
 */
public record ServedStream(
    String title,
    List<MediaDescription> media,
    Optional<MediaDescription> backChannel,
    List<ServedKeys> keys) {
  /** The most tracks that a stream may have. */
  public static final int MOST_TRACKS = 16;

  /** Keeps copies of the lists; refuses those that are empty, too long or do not fit. */
  public ServedStream {
    media = List.copyOf(media);
    keys = List.copyOf(keys);
    if (media.isEmpty() || media.size() > MOST_TRACKS) {
      throw new IllegalArgumentException(
          "Pass 1 to " + MOST_TRACKS + " media, not " + media.size());
    }
    int tracks = media.size() + (backChannel.isPresent() ? 1 : 0);
    if (!keys.isEmpty() && keys.size() != tracks) {
      throw new IllegalArgumentException("Pass keys for " + tracks + " tracks, not " + keys.size());
    }
  }

  /** A stream in the clear. */
  public ServedStream(
      String title, List<MediaDescription> media, Optional<MediaDescription> backChannel) {
    this(title, media, backChannel, List.of());
  }

  /** A stream that takes no audio. */
  public ServedStream(String title, List<MediaDescription> media) {
    this(title, media, Optional.empty());
  }

  /** What those get who may not talk, or do not ask to. */
  ServedStream withoutBackChannel() {
    List<ServedKeys> ofMedia = keys.isEmpty() ? keys : keys.subList(0, media.size());
    return new ServedStream(title, media, Optional.empty(), ofMedia);
  }

  /** What those get who were not told the keys. */
  ServedStream inTheClear() {
    return new ServedStream(title, media, backChannel);
  }

  /** The keys of a track; empty where it is not encrypted. */
  Optional<ServedKeys> keys(int track) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(track));
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
