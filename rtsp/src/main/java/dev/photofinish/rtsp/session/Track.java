package dev.photofinish.rtsp.session;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspUrl;

/**
 * One media of a session.
 *
 * @param control where its SETUP goes
 * @param channels that its RTP and RTCP come on: asked for before SETUP was answered, the camera's
 *     after
 */
public record Track(MediaDescription media, RtspUrl control, Pair channels) {

  Track on(Pair answered) {
    return new Track(media, control, answered);
  }
}
