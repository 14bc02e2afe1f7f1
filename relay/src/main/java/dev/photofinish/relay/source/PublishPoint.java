package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.MediaStream;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The place at a source that one publisher at a time takes. One of which nothing comes any more
 * makes room for the next. Every method may be called from any thread.
 */
public interface PublishPoint {
  /** Completes if the place could be taken now; fails with a {@link PlaceTakenException} if not. */
  CompletionStage<Void> ask();

  /**
   * Takes the place, or fails with a {@link PlaceTakenException}, or with a {@link
   * SourceUnavailableException} where the source has ended.
   *
   * @param media what the publisher sends, numbered from 0
   * @param publisher human-readable, such as {@code 192.0.2.7:51234}
   * @param loop that {@code ended} is called on
   * @param ended takes why the place is lost, once, unless the publisher left it
   */
  CompletionStage<Publication> publish(
      List<MediaStream> media, String publisher, EventLoop loop, Consumer<String> ended);
}
