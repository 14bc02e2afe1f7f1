package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Readers that wait for a camera that was never seen. Everything happens on its loop. */
final class Waiting {
  private static final int MOST = 1000;

  private final String name;
  private final EventLoop loop;
  private final Supplier<String> reason;
  private final List<CompletableFuture<List<SourceTrack>>> waiting = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param reason why the camera is not there
   */
  Waiting(String name, EventLoop loop, Supplier<String> reason) {
    this.name = name;
    this.loop = loop;
    this.reason = reason;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Waits for so long at most. */
  void add(CompletableFuture<List<SourceTrack>> described, Duration timeout) {
    if (waiting.size() >= MOST) {
      fail(described, name + ": too many wait for it already");
      return;
    }
    waiting.add(described);
    var unused = loop.schedule(() -> giveUp(described), timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // the very future
  private void giveUp(CompletableFuture<List<SourceTrack>> described) {
    if (waiting.remove(described)) {
      fail(described, name + " is not there yet: " + reason.get());
    }
  }

  /** The camera is there. */
  void described(List<SourceTrack> tracks) {
    take().forEach(one -> one.complete(tracks));
  }

  /** It never will be. */
  void end(String why) {
    take().forEach(one -> fail(one, why));
  }

  private List<CompletableFuture<List<SourceTrack>>> take() {
    List<CompletableFuture<List<SourceTrack>>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  private static void fail(CompletableFuture<List<SourceTrack>> described, String why) {
    described.completeExceptionally(new SourceUnavailableException(why));
  }
}
