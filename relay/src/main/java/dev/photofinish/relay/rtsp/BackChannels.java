package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import java.util.HashMap;
import java.util.Map;

/** The back channels of the sessions of one connection: each has one at most. */
final class BackChannels {
  private final ServerContext context;
  private final ClientConnection connection;
  private final Map<String, BackChannelTrack> open = new HashMap<>();

  BackChannels(ServerContext context, ClientConnection connection) {
    this.context = context;
    this.connection = connection;
  }

  /**
   * The audio of a session comes this way.
   *
   * @param track its index in the session
   */
  void open(String session, int track, TalkPoint point, TrackInput input) {
    end(session);
    open.put(
        session,
        new BackChannelTrack(
            context, track, point, input, connection.channel().eventLoop(), connection.remote()));
  }

  void play(String session) {
    BackChannelTrack of = open.get(session);
    if (of != null) {
      of.play();
    }
  }

  void pause(String session) {
    BackChannelTrack of = open.get(session);
    if (of != null) {
      of.pause();
    }
  }

  /** Closes a track of a session, if it is this one. */
  void close(String session, int track) {
    BackChannelTrack of = open.get(session);
    if (of != null && of.track() == track) {
      end(session);
    }
  }

  void end(String session) {
    BackChannelTrack of = open.remove(session);
    if (of != null) {
      of.close();
    }
  }

  /** Takes a frame of the connection, which stays the caller's; false where it is of none. */
  boolean frame(InterleavedFrame frame) {
    for (BackChannelTrack track : open.values()) {
      if (track.frame(frame.channel(), frame.content())) {
        return true;
      }
    }
    return false;
  }
}
