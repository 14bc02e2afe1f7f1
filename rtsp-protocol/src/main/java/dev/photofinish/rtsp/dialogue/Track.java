package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspUrl;

/**
 * One media of a session.
 *
 * @param control where its SETUP went
 * @param transport that its RTP and RTCP come by, as the camera answered
 */
public record Track(MediaDescription media, RtspUrl control, TrackTransport transport) {}
