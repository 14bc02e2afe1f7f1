package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Those who wait for the description of a camera that was never seen. Used on its loop. */
final class WaitingReaders {
  private static final int MOST = 1000;

  private final String name;
  private final EventLoop loop;
  private final List<CompletableFuture<List<SourceTrack>>> all = new ArrayList<>();

  /**
   * @param name of the camera
   */
  WaitingReaders(String name, EventLoop loop) {
    this.name = name;
    this.loop = loop;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Has one wait.
   *
   * @param nanos after which it fails
   * @param failure what it fails with then
   */
  void add(
      CompletableFuture<List<SourceTrack>> described,
      long nanos,
      Supplier<SourceUnavailableException> failure) {
    if (all.size() >= MOST) {
      described.completeExceptionally(
          new SourceUnavailableException(name + ": too many wait for it already"));
      return;
    }
    all.add(described);
    var unused = loop.schedule(() -> giveUp(described, failure), nanos, TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // the very future
  private void giveUp(
      CompletableFuture<List<SourceTrack>> described,
      Supplier<SourceUnavailableException> failure) {
    if (all.remove(described)) {
      described.completeExceptionally(failure.get());
    }
  }

  /** Its tracks are known. */
  void complete(List<SourceTrack> tracks) {
    take().forEach(one -> one.complete(tracks));
  }

  /** There is nothing to wait for. */
  void fail(SourceUnavailableException failure) {
    take().forEach(one -> one.completeExceptionally(failure));
  }

  private List<CompletableFuture<List<SourceTrack>>> take() {
    List<CompletableFuture<List<SourceTrack>>> taken = List.copyOf(all);
    all.clear();
    return taken;
  }
}
