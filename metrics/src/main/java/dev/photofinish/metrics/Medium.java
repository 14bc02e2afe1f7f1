package dev.photofinish.metrics;

import dev.photofinish.option.Option;
import dev.photofinish.rtsp.client.MediaStream;
import java.util.List;
import java.util.Locale;

/** The values of the tag {@code media}: what a camera writes into its SDP is not bounded. */
enum Medium {
  VIDEO,
  AUDIO,
  OTHER;

  static List<Medium> all() {
    return List.of(values());
  }

  static Medium of(MediaStream stream) {
    return switch (stream.media().toLowerCase(Locale.ROOT)) {
      case "video" -> VIDEO;
      case "audio" -> AUDIO;
      default -> OTHER;
    };
  }

  String word() {
    return Option.word(this);
  }
}
