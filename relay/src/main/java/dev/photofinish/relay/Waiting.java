package dev.photofinish.relay;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those who wait for the tracks of a camera that was never seen. On one event loop. */
final class Waiting {
  private static final int MOST = 1000;

  private final List<CompletableFuture<List<SourceTrack>>> all = new ArrayList<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean isFull() {
    return all.size() >= MOST;
  }

  void add(CompletableFuture<List<SourceTrack>> one) {
    all.add(one);
  }

  void described(List<SourceTrack> tracks) {
    List<CompletableFuture<List<SourceTrack>>> were = List.copyOf(all);
    all.clear();
    were.forEach(one -> one.complete(tracks));
  }

  /** The time of one is up, if it waits still. */
  @SuppressWarnings("CollectionUndefinedEquality") // the very future
  void giveUp(CompletableFuture<List<SourceTrack>> one, String reason) {
    if (all.remove(one)) {
      one.completeExceptionally(new SourceUnavailableException(reason));
    }
  }

  void fail(String reason) {
    List<CompletableFuture<List<SourceTrack>>> were = List.copyOf(all);
    all.clear();
    were.forEach(one -> one.completeExceptionally(new SourceUnavailableException(reason)));
  }
}
