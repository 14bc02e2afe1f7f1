package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.Optional;

/**
 * One media of a session.
 *
 * @param control where its SETUP went
 * @param transport that its RTP and RTCP come by, as the camera answered
 * @param keys of SRTP; empty where it is not encrypted
 * @param outgoing the format of what we send, where it is the back channel; empty where we receive
 */
public record Track(
    MediaDescription media,
    RtspUrl control,
    TrackTransport transport,
    Optional<MediaKeys> keys,
    Optional<MediaFormat> outgoing) {

  /** A track that we receive. */
  public Track(
      MediaDescription media, RtspUrl control, TrackTransport transport, Optional<MediaKeys> keys) {
    this(media, control, transport, keys, Optional.empty());
  }

  /** Whether it is for audio to the camera. */
  public boolean isBackChannel() {
    return outgoing.isPresent();
  }
}
