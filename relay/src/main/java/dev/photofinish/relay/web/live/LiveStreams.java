package dev.photofinish.relay.web.live;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.View;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The live streams that someone watches, one for each camera with sound and one without. */
public final class LiveStreams {
  private final ConcurrentMap<Key, LiveStream> streams = new ConcurrentHashMap<>();
  private final AtomicInteger viewers = new AtomicInteger();

  /** The medias are a part of it, since a camera may come back with others. */
  private record Key(Source source, LiveMedia media) {}

  /**
   * Adds a viewer to a camera's stream.
   *
   * @param tracks that the source described
   * @param audio whether sound is wanted too
   * @return closed when the viewer goes
   */
  public View join(Source source, List<SourceTrack> tracks, boolean audio, FragmentViewer viewer) {
    Key key = new Key(source, LiveMedia.choose(tracks, audio));
    viewers.incrementAndGet();
    while (true) {
      LiveStream stream =
          streams.computeIfAbsent(
              key, missing -> new LiveStream(key.media, empty -> streams.remove(key, empty)));
      if (stream.join(viewer, source)) {
        return () -> {
          viewers.decrementAndGet();
          stream.leave(viewer);
        };
      }
      streams.remove(key, stream);
    }
  }

  /** Viewers at present. */
  public int viewers() {
    return viewers.get();
  }
}
