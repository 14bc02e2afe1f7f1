package dev.photofinish.fleet.serve;

import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.SourceUnavailableException;
import dev.photofinish.relay.source.View;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A camera that is listed and that no node holds yet: readers may ask again soon. */
record UnheldSource(String name) implements Source {
  @Override
  public CompletionStage<List<SourceTrack>> describe() {
    return CompletableFuture.failedFuture(new SourceUnavailableException(reason()));
  }

  @Override
  public Attachment attach(
      SourceReader reader, ReaderInfo info, Set<Integer> tracks, EventLoop loop) {
    loop.execute(() -> reader.ended(reason()));
    return new Nothing();
  }

  @Override
  public View view(FrameViewer viewer, ReaderInfo info) {
    viewer.ended(reason());
    return () -> {};
  }

  private String reason() {
    return name + " is held by no node at the moment";
  }

  /** The place of a reader that got nothing. */
  private static final class Nothing implements Attachment {
    @Override
    public void pause() {}

    @Override
    public void resume(Set<Integer> tracks) {}

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public long packets() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
