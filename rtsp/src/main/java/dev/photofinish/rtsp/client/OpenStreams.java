package dev.photofinish.rtsp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The streams and publishers of a client that are open. Once it is closed none is opened any more.
 */
final class OpenStreams {
  private final Set<DefaultCameraStream> streams = ConcurrentHashMap.newKeySet();
  private final Set<StreamPublisher> publishers = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * Makes and starts a stream.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized CameraStream start(Supplier<DefaultCameraStream> maker) {
    mustBeOpen();
    DefaultCameraStream stream = maker.get();
    streams.add(stream);
    stream.start();
    return stream;
  }

  /**
   * Makes and starts a publisher.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized StreamPublisher publish(Supplier<StreamPublisher> maker) {
    mustBeOpen();
    StreamPublisher publisher = maker.get();
    publishers.add(publisher);
    publisher.start();
    return publisher;
  }

  private void mustBeOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed; expected one that is open");
    }
  }

  /** A stream has ended. */
  void remove(DefaultCameraStream stream) {
    streams.remove(stream);
  }

  /** A publisher has ended. */
  void remove(StreamPublisher publisher) {
    publishers.remove(publisher);
  }

  private synchronized List<DefaultCameraStream> end() {
    closed = true;
    return List.copyOf(streams);
  }

  /**
   * Closes all at once; completes when all are closed.
   *
   * @param wait for the streams, as their close does
   */
  CompletableFuture<Void> close(boolean wait) {
    List<DefaultCameraStream> open = end();
    List<CompletableFuture<?>> ends = new ArrayList<>();
    List.copyOf(publishers).forEach(one -> ends.add(one.closeAsync().toCompletableFuture()));
    open.forEach(stream -> ends.add(stream.closeAsync().toCompletableFuture()));
    if (wait) {
      open.forEach(CameraStream::close);
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }
}
