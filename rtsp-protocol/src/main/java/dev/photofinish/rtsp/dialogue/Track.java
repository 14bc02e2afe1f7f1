package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.Optional;

/**
 * One media of a session.
 *
 * @param control where its SETUP went
 * @param transport that its RTP and RTCP come by, as the camera answered
 * @param keys of SRTP; empty where it is not encrypted
 */
public record Track(
    MediaDescription media, RtspUrl control, TrackTransport transport, Optional<MediaKeys> keys) {}
