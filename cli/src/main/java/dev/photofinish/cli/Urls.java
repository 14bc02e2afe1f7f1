package dev.photofinish.cli;

import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.List;
import java.util.Locale;

/** RTSP addresses as people write them. */
final class Urls {
  private Urls() {}

  static boolean isRtsp(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("rtsp://") || lower.startsWith("rtsps://");
  }

  /**
   * The addresses of one camera, in order of preference: separated by blanks, or by a comma before
   * the next scheme.
   *
   * @param place put before the message about an address that is none
   */
  static List<String> split(String text, String place) {
    List<String> urls = List.of(text.strip().split("[\\s,]+(?=rtsps?://)"));
    urls.forEach(url -> check(url, place));
    return urls;
  }

  private static void check(String url, String place) {
    try {
      RtspUrl.parse(url);
    } catch (RtspFormatException e) {
      throw new UsageException(place + e.getMessage(), e);
    }
  }
}
