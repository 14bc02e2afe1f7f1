package dev.photofinish.relay.source;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A camera's stream as its readers see it. Every method may be called from any thread. */
public interface Source {
  /** The name of the attribute of SDP that tells {@link #path}. */
  String PATH = "x-photofinish-relays";

  /** The name it is served under. */
  String name();

  /**
   * What readers are offered; connects to the camera if nothing does yet. Completes at once when
   * the camera was seen before, even if it is away. Fails with a {@link SourceUnavailableException}
   * when the camera did not describe itself in time.
   */
  CompletionStage<List<SourceTrack>> describe();

  /**
   * Begins to send to a reader: what came since the last key frame, then what comes.
   *
   * @param tracks that it wants, by {@link SourceTrack#index}
   * @param loop that its methods are called on
   */
  Attachment attach(SourceReader reader, ReaderInfo info, Set<Integer> tracks, EventLoop loop);

  /** Begins to hand frames to a viewer, which counts as a reader. */
  View view(FrameViewer viewer, ReaderInfo info);

  /** The relayed cameras that it comes through, each by a random number; this one is the last. */
  default List<String> path() {
    return List.of();
  }

  /** The back channel of its camera, as it was seen last; empty where it has none. */
  default Optional<TalkPoint> talkPoint() {
    return Optional.empty();
  }

  /** The place of its publisher; empty for one that the relay connects to itself. */
  default Optional<PublishPoint> publishPoint() {
    return Optional.empty();
  }
}
