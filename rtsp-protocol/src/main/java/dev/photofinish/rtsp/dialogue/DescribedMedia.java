package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspUrl;

/**
 * A media that a camera describes, before it is set up.
 *
 * @param control where its SETUP goes
 */
record DescribedMedia(MediaDescription media, RtspUrl control) {

  Track on(TrackTransport transport) {
    return new Track(media, control, transport);
  }
}
