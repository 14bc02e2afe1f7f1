package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.SessionRequest;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.stream.PlayPosition;
import dev.photofinish.rtsp.stream.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The requests of a user that change what a stream plays. All of it happens on its event loop. */
final class StreamControl {
  /** The stream, as far as it is needed here. */
  interface Stream {
    /** The connection that plays or is paused; null if there is none. */
    @Nullable CameraPlayback current();

    CameraState state();

    void handle(StreamEvent<CameraPlayback> event);
  }

  private final Stream stream;
  private final PlayPosition position;
  private ReplayOptions replay;

  /** Those who wait for another connection to play. */
  private final List<CompletableFuture<Void>> resuming = new ArrayList<>();

  StreamControl(Stream stream, PlayPosition position, ReplayOptions replay) {
    this.stream = stream;
    this.position = position;
    this.replay = replay;
  }

  CompletableFuture<Void> pause() {
    CameraPlayback current = stream.current();
    if (stream.state() == CameraState.PAUSED) {
      return CompletableFuture.completedFuture(null);
    }
    return current == null
        ? notConnected()
        : ask("PAUSE", current.requests().ask(SessionRequest.Pause::new));
  }

  CompletableFuture<Void> resume() {
    CameraPlayback current = stream.current();
    if (stream.state() != CameraState.PAUSED) {
      return CompletableFuture.completedFuture(null);
    }
    return current == null
        ? resumeElsewhere()
        : unlessLost(play(current, position.resumed()), () -> {});
  }

  /**
   * Plays another part of the recording, or the rest of it at another pace.
   *
   * @param next its range is null for the rest
   */
  CompletableFuture<Void> play(ReplayOptions next) {
    RangeHeader range = next.range() == null ? position.next().range() : next.range();
    CameraPlayback current = stream.current();
    if (next.range() == null && !position.isOfRecording()) {
      return failed("what plays is live: there is no range to play the rest of");
    } else if (range == null || (current == null && stream.state() != CameraState.PAUSED)) {
      return notConnected();
    }
    Runnable startThere = () -> position.startAt(next.withRange(range).request());
    if (current == null) {
      startThere.run();
    }
    CompletableFuture<Void> played =
        current == null
            ? resumeElsewhere()
            : unlessLost(play(current, next.another(range)), startThere);
    return played.thenRun(() -> replay = next);
  }

  CompletableFuture<Void> seek(RangeHeader to) {
    return play(replay.withRange(to));
  }

  private CompletableFuture<Void> play(CameraPlayback current, PlayRequest request) {
    return ask("PLAY", current.requests().ask(id -> new SessionRequest.Play(id, request)));
  }

  private static CompletableFuture<Void> ask(
      String method, CompletableFuture<RtspResponse> answer) {
    return answer.thenAccept(response -> UserRequests.successful(method, response));
  }

  // ---- Parameters

  CompletableFuture<ParameterBody> exchange(Method method, ParameterBody content) {
    CameraPlayback current = stream.current();
    if (current == null) {
      return notConnected();
    }
    Headers headers =
        content.body().isEmpty()
            ? Headers.empty()
            : Headers.of(HeaderNames.CONTENT_TYPE, content.type());
    return current
        .requests()
        .ask(id -> new SessionRequest.Exchange(id, method, headers, content.body()))
        .thenApply(response -> content(UserRequests.successful(method.name(), response)));
  }

  /** A type that is no text to show is left out. */
  private static ParameterBody content(RtspResponse response) {
    String type = response.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    boolean usable = !type.isBlank() && type.length() <= 200;
    boolean printable = usable && type.chars().allMatch(c -> c >= ' ' && c < 127);
    String unknown = response.body().isEmpty() ? "" : "application/octet-stream";
    return new ParameterBody(printable ? type : unknown, response.body());
  }

  // ---- Without a connection

  /**
   * A paused connection may be lost without anyone's noticing, until it is asked for something:
   * then another one takes its place.
   */
  private CompletableFuture<Void> unlessLost(CompletableFuture<Void> asked, Runnable startThere) {
    return asked.exceptionallyCompose(
        failure -> {
          if (stream.state() != CameraState.PAUSED || stream.current() != null) {
            return CompletableFuture.failedFuture(failure);
          }
          startThere.run();
          return resumeElsewhere();
        });
  }

  private CompletableFuture<Void> resumeElsewhere() {
    CompletableFuture<Void> played = new CompletableFuture<>();
    resuming.add(played);
    stream.handle(new StreamEvent.ResumeRequested<>());
    return played;
  }

  /** Media flows. */
  void playing() {
    List<CompletableFuture<Void>> waiting = List.copyOf(resuming);
    resuming.clear();
    waiting.forEach(played -> played.complete(null));
  }

  /** The stream is over. */
  void over() {
    List<CompletableFuture<Void>> waiting = List.copyOf(resuming);
    resuming.clear();
    RequestFailedException over = new RequestFailedException("the stream is over", 0);
    waiting.forEach(played -> played.completeExceptionally(over));
  }

  private <T> CompletableFuture<T> notConnected() {
    return failed("the camera is not connected at present: the stream is " + stream.state());
  }

  private static <T> CompletableFuture<T> failed(String why) {
    return CompletableFuture.failedFuture(new RequestFailedException(why, 0));
  }
}
