package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.SessionRequest;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** The requests of a user on one connection that are not answered yet. */
final class UserRequests {
  private final Consumer<SessionRequest> connection;
  private final Map<Long, CompletableFuture<RtspResponse>> open = new LinkedHashMap<>();
  private long last;

  /**
   * @param connection is asked, and has a bound for what waits
   */
  UserRequests(Consumer<SessionRequest> connection) {
    this.connection = connection;
  }

  /** Completes with the camera's answer, which may be a refusal. */
  CompletableFuture<RtspResponse> ask(LongFunction<SessionRequest> request) {
    CompletableFuture<RtspResponse> answer = new CompletableFuture<>();
    open.put(++last, answer);
    connection.accept(request.apply(last));
    return answer;
  }

  void answered(long id, RtspResponse response) {
    CompletableFuture<RtspResponse> waiting = open.remove(id);
    if (waiting != null) {
      waiting.complete(response);
    }
  }

  void refused(long id, String reason) {
    CompletableFuture<RtspResponse> waiting = open.remove(id);
    if (waiting != null) {
      waiting.completeExceptionally(new RequestFailedException(reason, 0));
    }
  }

  /** The connection is over. */
  void end(EndReason end) {
    List<CompletableFuture<RtspResponse>> unanswered = List.copyOf(open.values());
    open.clear();
    String why = "the connection ended before the answer: " + end.reason();
    unanswered.forEach(answer -> answer.completeExceptionally(new RequestFailedException(why, 0)));
  }

  /** The response, or an error for one that is no success. */
  static RtspResponse successful(String method, RtspResponse response) {
    if (response.isSuccess()) {
      return response;
    }
    String said = response.status() + " " + Excerpt.show(response.reason());
    throw new CompletionException(
        new RequestFailedException(said.strip() + " to " + method, response.status()));
  }
}
