package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;

/**
 * An SDP as far as a player of RTSP needs it (RFC 4566, RFC 2326 appendix C).
 *
 * @param name the session's, {@code s=}; empty if missing
 * @param control the session's control attribute; empty if missing
 * @param attributes all {@code a=} lines before the first media
 * @param media those that can be used, in order; never empty
 * @param leftOut an error for each media whose line cannot be used
 */
public record SessionDescription(
    String name,
    Optional<String> control,
    List<Attribute> attributes,
    List<MediaDescription> media,
    List<String> leftOut) {

  /** Keeps copies of the lists. */
  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads an SDP, forgiving what cameras get wrong and no player needs: missing, repeated, empty or
   * misplaced lines, any line ends, lines that are not SDP. A media whose line cannot be used is
   * left out.
   *
   * @throws RtspFormatException if there is no media that can be used
   */
  public static SessionDescription parse(String text) throws RtspFormatException {
    return SdpParser.parse(text);
  }

  /**
   * Whether a media is for sending sound to the camera: ONVIF (Streaming Specification section 5.3)
   * marks its back channel {@code sendonly}. Some cameras mark what they send in that way, as RFC
   * 4566 means it; so it must be audio, and there must be media that is not {@code sendonly}.
   */
  public boolean isBackChannel(MediaDescription candidate) {
    return candidate.type().equals("audio")
        && isSendOnly(candidate)
        && !media.stream().allMatch(SessionDescription::isSendOnly);
  }

  private static boolean isSendOnly(MediaDescription description) {
    return description.direction().filter(Direction.SENDONLY::equals).isPresent();
  }
}
