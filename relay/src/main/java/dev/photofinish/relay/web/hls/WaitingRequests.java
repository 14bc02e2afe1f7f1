package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.web.http.RefusedException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The requests that wait for what a stream does not have yet: at most {@value #MOST}, each for a
 * time of its own. Safe for use by several threads.
 */
final class WaitingRequests {
  static final int MOST = 256;

  /** What is to become of a request. */
  enum Outcome {
    WAITS,
    REACHED,
    /** It asks for what is too far ahead. */
    TOO_FAR,
    /** It asks for what is not there, or not any more. */
    MISSING,
    /** Nothing more comes. */
    ENDED
  }

  private final Set<Waiting> waiting = new LinkedHashSet<>();

  private record Waiting(Supplier<Outcome> outcome, CompletableFuture<Void> answer) {}

  /**
   * Waits until there is an outcome.
   *
   * @param outcome asked now, and with each {@link #look}; on any thread
   * @return completes when it is reached, and fails with a {@link RefusedException} where it is
   *     not, or a {@link java.util.concurrent.TimeoutException}; completed by its user, it waits no
   *     longer
   */
  CompletableFuture<Void> await(Supplier<Outcome> outcome, long mostSeconds) {
    Waiting request = new Waiting(outcome, new CompletableFuture<>());
    look(request);
    if (!request.answer.isDone()) {
      if (enter(request)) {
        CompletableFuture<?> unused =
            request
                .answer
                .orTimeout(mostSeconds, TimeUnit.SECONDS)
                .whenComplete((reached, failure) -> leave(request));
        look(request); // it may have been reached meanwhile
      } else {
        request.answer.completeExceptionally(
            new RefusedException(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "As many requests wait for this camera as may."));
      }
    }
    return request.answer;
  }

  private synchronized boolean enter(Waiting request) {
    return waiting.size() < MOST && waiting.add(request);
  }

  private synchronized void leave(Waiting request) {
    waiting.remove(request);
  }

  synchronized int count() {
    return waiting.size();
  }

  private synchronized List<Waiting> all() {
    return List.copyOf(waiting);
  }

  /** Answers those for which there is an outcome. */
  void look() {
    all().forEach(WaitingRequests::look);
  }

  private static void look(Waiting request) {
    switch (request.outcome.get()) {
      case WAITS -> {}
      case REACHED -> request.answer.complete(null);
      case TOO_FAR ->
          request.answer.completeExceptionally(
              RefusedException.badRequest("This is too far ahead of the playlist's end."));
      case MISSING ->
          request.answer.completeExceptionally(
              RefusedException.notFound("There is no such segment, or not any more."));
      case ENDED ->
          request.answer.completeExceptionally(
              new RefusedException(
                  HttpResponseStatus.SERVICE_UNAVAILABLE, "The camera's stream has ended."));
    }
  }
}
