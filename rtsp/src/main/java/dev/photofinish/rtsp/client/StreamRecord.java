package dev.photofinish.rtsp.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The counts and times that a stream's statistics are made from, over all its connections. Written
 * by their event loops, read by anyone; times are nanoseconds of one clock.
 */
final class StreamRecord {
  private static final int MOST_OUTAGES = 1000;

  /** A camera may describe itself otherwise on every connection. */
  static final int MOST_MEDIA = 128;

  /** One media, as it was described, over all connections that brought it. */
  private static final class Media {
    private final MediaStream stream;
    private final List<MediaRecord> open = new ArrayList<>();
    private MediaStatistics ended;

    Media(MediaStream stream) {
      this.stream = stream;
      this.ended = new MediaStatistics(stream, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    boolean isOf(MediaStream other) {
      return stream.index() == other.index()
          && stream.media().equals(other.media())
          && stream.codec().equals(other.codec())
          && stream.clockRate() == other.clockRate();
    }

    void end(MediaRecord connection) {
      if (open.remove(connection)) {
        ended = connection.addTo(ended);
      }
    }

    MediaStatistics statistics() {
      MediaStatistics sum = ended;
      for (MediaRecord connection : open) {
        sum = connection.addTo(sum);
      }
      return sum;
    }
  }

  private final long openedAt;
  private final List<Media> media = new ArrayList<>();
  private final Deque<Outage> outages = new ArrayDeque<>();
  private List<MediaStream> present = List.of();
  private Optional<String> description = Optional.empty();
  private int connections;
  private @Nullable Duration outageFrom;

  StreamRecord(long openedAt) {
    this.openedAt = openedAt;
  }

  Duration sinceOpened(long now) {
    return Duration.ofNanos(now - openedAt);
  }

  /**
   * A connection serves {@code streams} from now on.
   *
   * @param described the SDP that it had
   */
  synchronized ConnectionRecord open(List<MediaStream> streams, Optional<String> described) {
    description = described;
    present = List.copyOf(streams);
    List<MediaRecord> tracks = new ArrayList<>();
    for (MediaStream stream : streams) {
      MediaRecord track = new MediaRecord(stream.clockRate());
      find(stream).open.add(track);
      tracks.add(track);
    }
    forgetOldest();
    return new ConnectionRecord(tracks);
  }

  /** What {@code connection} brought stays in the totals. */
  synchronized void end(ConnectionRecord connection) {
    connection.tracks().forEach(track -> media.forEach(of -> of.end(track)));
  }

  /** Of media that are served no more, those described longest ago go first. */
  private void forgetOldest() {
    Iterator<Media> oldest = media.iterator();
    for (int excess = media.size() - MOST_MEDIA; excess > 0 && oldest.hasNext(); ) {
      if (oldest.next().open.isEmpty()) {
        oldest.remove();
        excess--;
      }
    }
  }

  private Media find(MediaStream stream) {
    for (Media known : media) {
      if (known.isOf(stream)) {
        return known;
      }
    }
    Media added = new Media(stream);
    media.add(added);
    return added;
  }

  synchronized List<MediaStream> streams() {
    return present;
  }

  synchronized Optional<String> description() {
    return description;
  }

  /** A connection's first media came. */
  synchronized void connected() {
    connections++;
  }

  /** Playing no more; the last packet came at {@code lastMedia}. */
  synchronized void outageBegan(long lastMedia) {
    if (outageFrom == null) {
      outageFrom = sinceOpened(lastMedia);
    }
  }

  /** Playing again. */
  synchronized void outageEnded(long now) {
    if (outageFrom == null) {
      return;
    }
    if (outages.size() == MOST_OUTAGES) {
      outages.removeFirst();
    }
    outages.add(new Outage(outageFrom, sinceOpened(now)));
    outageFrom = null;
  }

  synchronized StreamStatistics snapshot(CameraState state, long now) {
    List<Outage> shown = new ArrayList<>(outages);
    if (outageFrom != null) {
      shown.add(new Outage(outageFrom, null));
    }
    return new StreamStatistics(
        state,
        sinceOpened(now),
        media.stream().map(Media::statistics).toList(),
        Math.max(0, connections - 1),
        shown);
  }
}
