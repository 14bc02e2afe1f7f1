package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.StreamRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** A source that a reader asked for, and its tracks. */
record FoundSource(Source source, List<SourceTrack> tracks) {
  /** A query that asks for encrypted media. */
  private static final Pattern SRTP = Pattern.compile("(^|&)srtp(=1)?(&|$)");

  /**
   * A source as a reader was told of it.
   *
   * @param stream the same, in the words of the dialogue
   */
  record Told(FoundSource found, ServedStream stream) {}

  /** Whether it is the same source with other tracks. */
  boolean isAnother(FoundSource before) {
    return name().equals(before.name()) && !SourceTrack.areSame(before.tracks, tracks);
  }

  String name() {
    return source.name();
  }

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

  /**
   * What is described to a reader. It chooses by its URL whether the media is encrypted, since
   * SETUP, which could say so, comes behind the keys.
   */
  CompletionStage<Told> told(StreamRequest by, ServerContext context) {
    boolean secured = SRTP.matcher(by.query()).find();
    if (secured && !context.isEncrypted()) {
      return CompletableFuture.failedFuture(
          new RefusedException(
              403, "Forbidden: SRTP is for rtsps, as its keys are in the description"));
    }
    return CompletableFuture.completedFuture(
        new Told(
            this,
            Described.stream(
                name(),
                tracks,
                source.path(),
                source.talkPoint(),
                ssrc ->
                    secured
                        ? Optional.of(SecuredMedia.draw(context.random(), ssrc))
                        : Optional.empty())));
  }
}
