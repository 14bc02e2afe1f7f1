package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.stream.TrackArrivals;
import java.util.List;

/** The way by which the media of one connection come to its tracks, and our reports go back. */
interface MediaTransport {

  /** What comes from now on is of these tracks; when it comes, the arrivals of each say. */
  List<TrackArrivals> assign(List<Track> tracks);

  /** Sends RTP on a track that is for sending. */
  void send(int track, byte[] packet);

  /** Sends our RTCP of a track. */
  void report(int track, byte[] compound);
}
