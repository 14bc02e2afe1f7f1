package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A source that a reader asked for, and its tracks. */
record FoundSource(Source source, List<SourceTrack> tracks) {

  /** Fails with 404 where there is no source of this name, else as {@link Source#describe}. */
  static CompletableFuture<FoundSource> find(Sources sources, String name) {
    Optional<Source> source = sources.find(name);
    return source.isEmpty()
        ? CompletableFuture.failedFuture(new RefusedException(404, ""))
        : source
            .get()
            .describe()
            .thenApply(tracks -> new FoundSource(source.get(), tracks))
            .toCompletableFuture();
  }

  ServedStream described() {
    return Described.stream(source.name(), tracks, source.talkPoint());
  }
}
