package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.Locale;
import java.util.Optional;

/**
 * A media that a camera describes, before it is set up.
 *
 * @param control where its SETUP goes
 * @param keys empty where it is not encrypted
 * @param outgoing as {@link Track#outgoing}
 */
record DescribedMedia(
    MediaDescription media,
    RtspUrl control,
    Optional<MediaKeys> keys,
    Optional<MediaFormat> outgoing) {
  static final String WITH_FEEDBACK = "RTP/AVPF";
  private static final String SECURED_WITH_FEEDBACK = "RTP/SAVPF";

  boolean isBackChannel() {
    return outgoing.isPresent();
  }

  /**
   * The profile that its SETUP asks for, in place of {@code RTP/AVP}; empty for that one.
   *
   * @param feedback whether what {@link #hasFeedback} is asked for by that profile
   */
  Optional<String> profile(boolean feedback) {
    if (isSecured()) {
      return Optional.of(isBy(SECURED_WITH_FEEDBACK) ? SECURED_WITH_FEEDBACK : "RTP/SAVP");
    }
    return feedback && hasFeedback() ? Optional.of(WITH_FEEDBACK) : Optional.empty();
  }

  /** Whether it is described by {@code RTP/AVPF} (RFC 4585). */
  boolean hasFeedback() {
    return !isSecured() && isBy(WITH_FEEDBACK);
  }

  private boolean isSecured() {
    return keys.filter(MediaKeys::promised).isPresent();
  }

  private boolean isBy(String profile) {
    return media.protocol().toUpperCase(Locale.ROOT).startsWith(profile);
  }
}
