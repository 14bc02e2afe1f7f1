package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Those who ask for the description of a camera, and wait for it where that was never seen. Used on
 * its loop.
 */
final class WaitingReaders {
  private static final int MOST = 1000;

  private final String name;
  private final EventLoop loop;
  private final Upstream upstream;
  private final List<CompletableFuture<List<SourceTrack>>> all = new ArrayList<>();

  /**
   * @param name of the camera
   */
  WaitingReaders(String name, EventLoop loop, Upstream upstream) {
    this.name = name;
    this.loop = loop;
    this.upstream = upstream;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Answers one, at once where the tracks are known or it is not tried now.
   *
   * @param timeout for which it waits at most
   */
  void describe(CompletableFuture<List<SourceTrack>> described, Duration timeout) {
    if (upstream.isServed()) {
      described.complete(upstream.served().offered());
    } else if (!upstream.rest().isZero()) {
      described.completeExceptionally(unavailable());
    } else {
      add(described, timeout);
    }
  }

  private void add(CompletableFuture<List<SourceTrack>> described, Duration timeout) {
    if (all.size() >= MOST) {
      described.completeExceptionally(
          new SourceUnavailableException(name + ": too many wait for it already"));
      return;
    }
    all.add(described);
    var unused = loop.schedule(() -> giveUp(described), timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @SuppressWarnings("CollectionUndefinedEquality") // the very future
  private void giveUp(CompletableFuture<List<SourceTrack>> described) {
    if (all.remove(described)) {
      described.completeExceptionally(unavailable());
    }
  }

  private SourceUnavailableException unavailable() {
    String message = name + " is not there yet: " + upstream.state().reason();
    return new SourceUnavailableException(message, upstream.rest());
  }

  /** Answers all, if its tracks are known and served now. */
  void complete() {
    if (!upstream.isServed()) {
      return;
    }
    List<SourceTrack> tracks = upstream.served().offered();
    take().forEach(one -> one.complete(tracks));
  }

  /** Its stream gave up: nobody waits for nothing. */
  void fail() {
    fail(unavailable());
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
