package dev.photofinish.media.container;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.RandomAccess;
import java.util.HashSet;
import java.util.Set;

/** Leaves damaged frames out where that is asked, and of video all up to the next key frame. */
final class DamageFilter {
  private final boolean allowed;
  private final Set<Integer> waitingForKeyFrame = new HashSet<>();

  /**
   * @param allowed whether damaged frames pass
   */
  DamageFilter(boolean allowed) {
    this.allowed = allowed;
  }

  boolean allows(Frame frame) {
    if (allowed) {
      return true;
    }
    if (frame.codec().kind() != Codec.Kind.VIDEO) {
      return !frame.isDamaged();
    }
    if (frame.isDamaged() || (frame.lost() > 0 && !frame.isKeyFrame())) {
      waitingForKeyFrame.add(frame.track());
      return false;
    }
    if (frame.randomAccess() != RandomAccess.NONE) {
      waitingForKeyFrame.remove(frame.track());
    }
    return !waitingForKeyFrame.contains(frame.track());
  }
}
