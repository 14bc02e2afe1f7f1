package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.Track;
import java.util.List;

/** The way by which the media of one connection come to its tracks, and our reports go back. */
interface MediaTransport {

  /** What comes from now on is of these tracks. */
  void assign(List<Track> tracks);

  /** Sends our RTCP of a track. */
  void report(int track, byte[] compound);
}
