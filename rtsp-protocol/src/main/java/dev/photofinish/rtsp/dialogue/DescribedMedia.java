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
  private static final String WITH_FEEDBACK = "RTP/SAVPF";

  boolean isBackChannel() {
    return outgoing.isPresent();
  }

  /** The profile that its SETUP asks for, in place of {@code RTP/AVP}; empty for that one. */
  Optional<String> profile() {
    boolean feedback = media.protocol().toUpperCase(Locale.ROOT).startsWith(WITH_FEEDBACK);
    return keys.filter(MediaKeys::promised).map(k -> feedback ? WITH_FEEDBACK : "RTP/SAVP");
  }
}
