package dev.photofinish.relay;

import dev.photofinish.relay.source.PlaceTakenException;
import dev.photofinish.relay.source.Publication;
import dev.photofinish.relay.source.PublishPoint;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.StreamStatistics;
import dev.photofinish.rtsp.stream.FrameClock;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The place of a stream's publisher, and what it sends. */
final class PublishedUpstream extends Upstream implements PublishPoint {
  /** The part of its timeout after which a silent publisher makes room for the next. */
  private static final int REPLACEABLE_PART = 5;

  private final FrameClock clock = new FrameClock();
  private final PublishedRecord record = new PublishedRecord();
  private @Nullable PublishedPackets current;
  private boolean suspended;

  PublishedUpstream(RelayedCamera camera, Demand demand, EventLoop loop, RelayListener listener) {
    super(camera, demand, loop, listener);
  }

  private Duration timeout() {
    return camera.options().publisherTimeout();
  }

  private Duration replaceable() {
    return timeout().dividedBy(REPLACEABLE_PART);
  }

  @Override
  Optional<PublishPoint> publishPoint() {
    return Optional.of(this);
  }

  @Override
  @Nullable StreamStatistics statistics() {
    return record.snapshot(state().state(), System.nanoTime());
  }

  @Override
  boolean isOpen() {
    return current != null;
  }

  /** Someone wants it, who has to wait for a publisher. */
  @Override
  void open() {
    if (current == null && !isOver()) {
      enter(without(), "nobody publishes it");
    }
  }

  /** Its publisher is as before; what waits is judged by the new options. */
  @Override
  void changed() {
    suspended = false;
    open();
  }

  // ---- Its publisher

  @Override
  public CompletionStage<Void> ask() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    onLoop(
        () -> {
          IOException problem = problem();
          if (problem == null) {
            answer.complete(null);
          } else {
            answer.completeExceptionally(problem);
          }
        },
        answer);
    return answer;
  }

  @Override
  public CompletionStage<Publication> publish(
      List<MediaStream> media, String publisher, EventLoop of, Consumer<String> ended) {
    CompletableFuture<Publication> answer = new CompletableFuture<>();
    onLoop(
        () -> {
          IOException problem = problem();
          if (problem == null) {
            answer.complete(take(media, publisher, of, ended));
          } else {
            answer.completeExceptionally(problem);
          }
        },
        answer);
    return answer;
  }

  private void onLoop(Runnable task, CompletableFuture<?> answer) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(gone());
    }
  }

  private SourceUnavailableException gone() {
    return new SourceUnavailableException(camera.name() + " was removed");
  }

  /** Why the place cannot be taken now; null if it can. */
  private @Nullable IOException problem() {
    if (isOver()) {
      return gone();
    }
    if (suspended) {
      return new PlaceTakenException(camera.name() + " takes no publisher now", replaceable());
    }
    PublishedPackets now = current;
    return now == null || now.silence(System.nanoTime()) >= replaceable().toNanos()
        ? null
        : new PlaceTakenException(
            "another publisher sends " + camera.name() + " already", replaceable());
  }

  private Publication take(
      List<MediaStream> media, String publisher, EventLoop of, Consumer<String> ended) {
    end("another publisher took its place, since nothing came of it any more");
    PublishedPackets taken =
        new PublishedPackets(
            new Events(),
            camera.name(),
            loop,
            media,
            record.open(media),
            clock,
            publisher,
            of,
            ended);
    current = taken;
    served().described(media);
    return taken;
  }

  private boolean packet(PublishedPackets from, RtpPacket packet) {
    if (from != current) {
      return false;
    }
    from.count(packet);
    listener.packet(camera, packet);
    if (!from.hasBegun()) {
      record.began(System.nanoTime());
      playing(from.publisher() + " publishes it");
    }
    packet(packet);
    return true;
  }

  /** A publisher left. */
  private void left(PublishedPackets who, String reason) {
    if (who == current) {
      current = null;
      if (who.hasBegun()) {
        record.left(who.lastPacket());
      }
      enter(without(), reason);
    }
  }

  private void end(String reason) {
    PublishedPackets ended = current;
    if (ended != null) {
      left(ended, reason);
      ended.end(reason);
    }
  }

  @Override
  void second(boolean wanted, long now) {
    PublishedPackets from = current;
    if (from != null && from.silence(now) >= timeout().toNanos()) {
      end("its publisher sent nothing for " + timeout().toMillis() / 1e3 + " s");
    }
  }

  @Override
  void again(String reason) {
    end(reason);
  }

  @Override
  CompletableFuture<?> suspend(String reason) {
    suspended = true;
    return close(reason);
  }

  @Override
  CompletableFuture<?> close(String reason) {
    end(reason);
    return CompletableFuture.completedFuture(null);
  }

  private final class Events implements PublishedPackets.Receiver {
    @Override
    public boolean packet(PublishedPackets from, RtpPacket packet) {
      return PublishedUpstream.this.packet(from, packet);
    }

    @Override
    public void frame(MediaStream media, Frame frame) {
      PublishedUpstream.this.frame(media, frame);
    }

    @Override
    public void left(PublishedPackets who, String reason) {
      PublishedUpstream.this.left(who, reason);
    }
  }
}
