package dev.photofinish.onvif;

import dev.photofinish.onvif.xml.XmlElement;

/**
 * A media profile as a camera describes it.
 *
 * @param token its key
 */
record MediaProfile(
    String token, String name, String videoCodec, int width, int height, String audioCodec) {
  private static final int LONGEST_TOKEN = 256;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_CODEC = 32;
  private static final int LARGEST = 100_000;

  /**
   * @param configurations the element that holds the encoders
   * @param encoder what stands behind {@code Video} and {@code Audio} in their names
   */
  static MediaProfile of(XmlElement profile, XmlElement configurations, String encoder) {
    String video = "Video" + encoder;
    return new MediaProfile(
        cut(profile.attribute("token"), LONGEST_TOKEN),
        cut(profile.text("Name"), LONGEST_NAME),
        cut(configurations.text(video, "Encoding"), LONGEST_CODEC),
        size(configurations.number(0, video, "Resolution", "Width")),
        size(configurations.number(0, video, "Resolution", "Height")),
        cut(configurations.text("Audio" + encoder, "Encoding"), LONGEST_CODEC));
  }

  private static int size(int value) {
    return value < 0 || value > LARGEST ? 0 : value;
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
