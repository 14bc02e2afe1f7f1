package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.List;
import java.util.Optional;

/**
 * A stream that a publisher has announced on its connection (RFC 2326 section 10.3). The URLs of
 * its tracks are the publisher's: {@code streamid=0} of FFmpeg, {@code stream=0} of GStreamer.
 */
record Announcement(StreamRequest request, StreamUrl url, ServedStream stream) {

  /** Whether a request's URL is that of the stream, or of something below it. */
  boolean covers(StreamUrl other) {
    String below = target(other);
    String own = target(url);
    return own.isEmpty() || below.equals(own) || below.startsWith(own + "/");
  }

  /** The index of the track that a URL means; below 0 for none. */
  int track(StreamUrl other) {
    List<MediaDescription> media = stream.media();
    for (int index = 0; index < media.size(); index++) {
      if (media
          .get(index)
          .control()
          .flatMap(this::resolved)
          .filter(target(other)::equals)
          .isPresent()) {
        return index;
      }
    }
    if (other.track().isPresent()) {
      int index = other.track().getAsInt() - 1;
      return index < media.size() ? index : -1;
    }
    return media.size() == 1 && target(other).equals(target(url)) ? 0 : -1;
  }

  private Optional<String> resolved(String control) {
    try {
      return Optional.of(target(StreamUrl.parse(url.url().resolve(control).toString())));
    } catch (RtspFormatException e) {
      return Optional.empty();
    }
  }

  /** Path and query, without slashes at the ends. */
  private static String target(StreamUrl of) {
    return StreamUrl.stripped(of.url().target());
  }
}
