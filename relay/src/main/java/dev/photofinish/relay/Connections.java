package dev.photofinish.relay;

import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a camera that is open, and at times the one that takes its place with its first
 * packet. Everything happens on one event loop, but {@link #present}.
 */
@SuppressWarnings("ReferenceEquality") // the very stream
final class Connections {
  private final RtspClient client;
  private final EventLoop loop;
  private volatile @Nullable CameraStream present;
  private @Nullable CameraStream successor;
  private @Nullable Camera opened;
  private CompletableFuture<?> closing = CompletableFuture.completedFuture(null);

  Connections(RtspClient client, EventLoop loop) {
    this.client = client;
    this.loop = loop;
  }

  @Nullable CameraStream present() {
    return present;
  }

  boolean isPresent(CameraStream stream) {
    return stream == present;
  }

  /** Whether it is the present one, or the one that takes its place. */
  boolean has(CameraStream stream) {
    return stream == present || stream == successor;
  }

  /** Whether the stream that is open, or that gave up, is of another camera than this. */
  boolean isOther(Camera camera) {
    return opened != null && !camera.equals(opened);
  }

  /**
   * @param of the whole camera
   * @param at with the addresses to use
   */
  void open(Camera of, Camera at, CameraListener listener) {
    opened = of;
    present = client.start(at, listener, loop);
  }

  /** Opens one that takes the place of the present with its first packet. */
  void openSuccessor(Camera at, CameraListener listener) {
    CameraStream before = successor;
    successor = null;
    close(before, "another connection is to take its place");
    successor = client.start(at, listener, loop);
  }

  /** A packet of this stream came; the successor's first makes it the present. */
  void packet(CameraStream of) {
    if (of == successor) {
      CameraStream before = present;
      present = of;
      successor = null;
      close(before, "another connection took its place");
    }
  }

  /** The present stream has ended by itself. */
  void lost() {
    CameraStream over = present;
    present = null;
    close(over, "it has ended");
  }

  /**
   * Closes all that is open.
   *
   * @param reason human-readable
   */
  void close(String reason) {
    CameraStream open = present;
    CameraStream next = successor;
    opened = null;
    present = null;
    successor = null;
    close(next, reason);
    close(open, reason);
  }

  /** Completes when nothing of what was closed is open any more. */
  CompletableFuture<?> closed() {
    return closing;
  }

  private void close(@Nullable CameraStream stream, String reason) {
    if (stream != null) {
      CompletableFuture<?> closed =
          stream.closeAsync(reason).toCompletableFuture().handle((ended, e) -> null);
      closing = closing.isDone() ? closed : CompletableFuture.allOf(closing, closed);
    }
  }
}
