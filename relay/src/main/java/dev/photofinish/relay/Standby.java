package dev.photofinish.relay;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice of one of a camera's addresses, where those after the first are standbys. The first is
 * tried by a stream of its own, which readers do not notice. Everything happens on one event loop.
 */
final class Standby {
  private final RelayedCamera camera;
  private final RelayPath path;
  private final RtspClient client;
  private final EventLoop loop;

  private int at;
  private int withoutPicture;
  private int untilTry;
  private @Nullable Probe probe;
  private int probing;

  Standby(RelayedCamera camera, RelayPath path, RtspClient client, EventLoop loop) {
    this.camera = camera;
    this.path = path;
    this.client = client;
    this.loop = loop;
  }

  /** The advice for the stream. */
  enum Advice {
    STAY,
    /** This address is not there: connect to the next. */
    NEXT,
    /** The first is there again: connect to it, and leave the present one then. */
    RETURN
  }

  private boolean isEnabled() {
    return camera.options().standby().enabled() && camera.camera().urls().size() > 1;
  }

  /** The camera at the present address; at all of them where they are raced. */
  Camera present() {
    Camera whole = camera.camera();
    return isEnabled() ? at(whole, Math.min(at, whole.urls().size() - 1)) : whole;
  }

  private static Camera at(Camera whole, int index) {
    return new Camera(
        List.of(whole.urls().get(index)),
        whole.credentials(),
        whole.race(),
        whole.retry(),
        whole.options(),
        whole.tls(),
        whole.route(),
        whole.replay(),
        whole.dialGroup());
  }

  /** Begins with the first address again. */
  void reset() {
    end();
    at = 0;
  }

  /** Tries nothing any more. */
  void end() {
    withoutPicture = 0;
    if (probe != null) {
      probe.close();
      probe = null;
    }
  }

  /** A second has passed while the camera was wanted; the advice is followed. */
  Advice tick(RelayState state) {
    if (!isEnabled()) {
      return Advice.STAY;
    }
    long after = camera.options().standby().after().toSeconds();
    withoutPicture = state == RelayState.PLAYING ? 0 : withoutPicture + 1;
    if (isGone(state, after)) {
      end();
      at = (at + 1) % camera.camera().urls().size();
      untilTry = seconds();
      return Advice.NEXT;
    }
    return at > 0 && state == RelayState.PLAYING && isFirstBack(after)
        ? Advice.RETURN
        : Advice.STAY;
  }

  /** One that gave up at the last address rests first: cameras lock accounts. */
  private boolean isGone(RelayState state, long after) {
    return state == RelayState.FAILED
        ? at + 1 < camera.camera().urls().size()
        : withoutPicture >= after;
  }

  private int seconds() {
    return (int) camera.options().standby().back().toSeconds();
  }

  private boolean isFirstBack(long atMost) {
    if (probe == null) {
      if (--untilTry <= 0) {
        probe = new Probe();
        probe.stream = client.start(at(camera.camera(), 0).withBackChannel(false), probe, loop);
        probing = 0;
      }
      return false;
    }
    if (!probe.hasPicture && ++probing < atMost) {
      return false;
    }
    boolean back = probe.hasPicture;
    end();
    untilTry = seconds();
    if (back) {
      at = 0;
    }
    return back;
  }

  /** A stream of the first address that nobody reads: it is there when a key frame comes. */
  private final class Probe implements CameraListener {
    private @Nullable CameraStream stream;
    private boolean hasPicture;

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      if (path.leadsBack(of.description())) {
        return; // a relay that reads from this one
      }
      boolean video = frame.codec().kind() == Codec.Kind.VIDEO;
      boolean hasVideo = of.streams().stream().anyMatch(one -> one.media().equals("video"));
      hasPicture |= !hasVideo || (video && frame.isKeyFrame());
    }

    void close() {
      if (stream != null) {
        var unused = stream.closeAsync();
      }
    }
  }
}
