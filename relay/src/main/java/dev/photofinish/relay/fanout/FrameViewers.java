package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.MediaStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The viewers of a source, who take its frames. Used on the source's event loop. */
final class FrameViewers {
  private static final Logger LOG = LoggerFactory.getLogger(FrameViewers.class);

  private final String name;
  private final List<FrameViewer> viewers = new ArrayList<>();

  // A frame of the video whose time is known, and its timestamp as readers get it.
  private boolean hasVideoTime;
  private long videoTime;
  private long videoTimestamp;

  /**
   * @param name of the source
   */
  FrameViewers(String name) {
    this.name = name;
  }

  /** The last frame of the video was of this time. */
  void video(long time, long timestamp) {
    hasVideoTime = true;
    videoTime = time;
    videoTimestamp = timestamp;
  }

  /** Whether pictures that are kept can be put in time. */
  boolean hasVideoTime() {
    return hasVideoTime;
  }

  void add(FrameViewer viewer) {
    viewers.add(viewer);
  }

  void remove(FrameViewer viewer) {
    viewers.remove(viewer);
  }

  /** Hands a frame to all; it stays the caller's. */
  void frame(Frame frame) {
    for (FrameViewer viewer : List.copyOf(viewers)) {
      hand(viewer, frame);
    }
  }

  /**
   * Hands the pictures of a group to one of them.
   *
   * @param group the packets, which stay the caller's
   */
  void begin(FrameViewer viewer, MediaStream media, List<OutgoingPacket> group) {
    new GroupFrames(media, videoTime, videoTimestamp).each(group, frame -> hand(viewer, frame));
  }

  private void hand(FrameViewer viewer, Frame frame) {
    try {
      viewer.frame(frame);
    } catch (RuntimeException e) {
      LOG.warn("{}: a viewer threw, and is removed", name, e);
      viewers.remove(viewer);
    }
  }

  void end(String reason) {
    List<FrameViewer> all = List.copyOf(viewers);
    viewers.clear();
    all.forEach(viewer -> viewer.ended(reason));
  }
}
