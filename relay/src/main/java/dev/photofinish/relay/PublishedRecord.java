package dev.photofinish.relay;

import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.Outage;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts and times of what is published to a stream, over all its publishers. A media goes on
 * counting where the next publisher has the same at its place; others are forgotten with the
 * publisher. May be used by any thread; times are those of {@link System#nanoTime}.
 */
final class PublishedRecord {
  private static final int MOST_OUTAGES = 1000;

  private final long openedAt = System.nanoTime();
  private final Deque<Outage> outages = new ArrayDeque<>();
  private List<Media> present = List.of();
  private int publishers;
  private @Nullable Duration outageFrom;

  private record Media(MediaStream stream, RtpReception reception) {
    MediaStatistics statistics() {
      return new MediaStatistics(
          stream,
          reception.packets(),
          reception.bytes(),
          reception.lost(),
          reception.reordered(),
          0,
          0,
          Duration.ofNanos(reception.jitter()));
    }
  }

  /** A publisher has the place: what takes its packets, by the number of the media. */
  synchronized List<RtpReception> open(List<MediaStream> media) {
    List<Media> next = new ArrayList<>();
    for (MediaStream stream : media) {
      next.add(new Media(stream, reception(stream)));
    }
    present = next;
    return next.stream().map(Media::reception).toList();
  }

  /** What was missed between two publishers is no loss. */
  private RtpReception reception(MediaStream stream) {
    if (stream.index() < present.size()) {
      Media before = present.get(stream.index());
      if (TrackMatch.isSame(before.stream, stream)) {
        before.reception.restart();
        return before.reception;
      }
    }
    return new RtpReception(stream.clockRate());
  }

  /** The first packet of a publisher came. */
  synchronized void began(long now) {
    publishers++;
    if (outageFrom == null) {
      return;
    }
    if (outages.size() == MOST_OUTAGES) {
      outages.removeFirst();
    }
    outages.add(new Outage(outageFrom, since(now)));
    outageFrom = null;
  }

  /** A publisher that had begun left; its last packet came at {@code last}. */
  synchronized void left(long last) {
    outageFrom = since(last);
  }

  private Duration since(long now) {
    return Duration.ofNanos(now - openedAt);
  }

  /** Null before the first packet came. */
  synchronized @Nullable StreamStatistics snapshot(RelayState state, long now) {
    if (publishers == 0) {
      return null;
    }
    List<Outage> shown = new ArrayList<>(outages);
    if (outageFrom != null) {
      shown.add(new Outage(outageFrom, null));
    }
    return new StreamStatistics(
        state(state),
        since(now),
        present.stream().map(Media::statistics).toList(),
        publishers - 1,
        shown);
  }

  private static CameraState state(RelayState state) {
    return switch (state) {
      case PLAYING -> CameraState.PLAYING;
      case STALLED -> CameraState.STALLED;
      case IDLE, CONNECTING, AWAY, FAILED -> CameraState.RECONNECTING;
    };
  }
}
