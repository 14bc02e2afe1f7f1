package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Frame;
import java.util.List;
import java.util.function.Consumer;

/**
 * The frames before the first header, which waits for a key frame of the video and for all media.
 * Audio that comes before the key frame is kept for a while: it may belong behind it.
 */
final class FirstFrames {
  private final TrackTable tracks;
  private final int medias;
  private final Consumer<Frame> leftOut;
  private Batch batch = new Batch();

  /**
   * @param medias how many the stream has; 0 where it is not known
   * @param leftOut takes frames that no reader could begin with
   */
  FirstFrames(TrackTable tracks, int medias, Consumer<Frame> leftOut) {
    this.tracks = tracks;
    this.medias = medias;
    this.leftOut = leftOut;
  }

  /** Takes a frame and its reference; whether nothing more is waited for. */
  boolean add(Frame frame) {
    if (lacksPicture()) {
      if (!tracks.starts(frame)) {
        keepEarly(frame);
        return false;
      }
      List<Frame> behind = drop(frame.time());
      batch.add(frame);
      behind.forEach(batch::add);
    } else {
      batch.add(frame);
    }
    boolean all = medias > 0 && tracks.count() >= medias;
    return all || frame.time() - batch.begin() >= Fragmenter.WAIT_NANOS || batch.isFull();
  }

  /** Whether there is video, of which no frame is there to begin with. */
  private boolean lacksPicture() {
    return tracks.hasVideo() && batch.first(tracks) == null;
  }

  private void keepEarly(Frame frame) {
    if (tracks.isMain(frame.track())) {
      leftOut.accept(frame);
      return;
    }
    batch.add(frame);
    if (batch.isFull()) {
      close();
    } else if (frame.time() - batch.begin() >= 2 * Fragmenter.WAIT_NANOS) {
      drop(frame.time() - Fragmenter.WAIT_NANOS).forEach(batch::add);
    }
  }

  /** Leaves out what is before a time; what is not before it is given back. */
  private List<Frame> drop(long time) {
    List<Frame> later = batch.takeFrom(time, tracks);
    close();
    return later;
  }

  /** The frames to begin with, which are no longer its own; none where a picture is lacking. */
  List<Frame> take() {
    if (lacksPicture()) {
      return List.of();
    }
    List<Frame> taken = batch.frames();
    batch = new Batch();
    return taken;
  }

  /** Leaves out what is there. */
  void close() {
    batch.frames().forEach(leftOut);
    batch = new Batch();
  }
}
