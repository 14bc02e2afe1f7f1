package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpHeaderFields;
import dev.photofinish.rtp.RtpReception;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The counts and times that a stream's statistics are made from. Written by the stream's event
 * loop, read by anyone; times are nanoseconds of one clock.
 */
final class StreamRecord {
  private static final int MOST_OUTAGES = 1000;

  /** A camera may describe itself otherwise on every connection. */
  static final int MOST_MEDIA = 128;

  private record Media(
      MediaStream stream, RtpReception reception, AtomicLong kernelDrops, AtomicLong rejected) {
    Media(MediaStream stream) {
      this(stream, new RtpReception(stream.clockRate()), new AtomicLong(), new AtomicLong());
    }

    boolean isOf(MediaStream other) {
      return stream.index() == other.index()
          && stream.media().equals(other.media())
          && stream.codec().equals(other.codec())
          && stream.clockRate() == other.clockRate();
    }
  }

  private final long openedAt;
  private final List<Media> media = new ArrayList<>();
  private final Deque<Outage> outages = new ArrayDeque<>();
  private List<Media> present = List.of();
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
  synchronized void assign(List<MediaStream> streams, Optional<String> described) {
    description = described;
    present = streams.stream().map(this::find).toList();
    restart();
    forgetOldest();
  }

  /** What comes from now on does not continue what came before. */
  synchronized void restart() {
    present.forEach(m -> m.reception.restart());
  }

  /** Of media that are served no more, those described longest ago go first. */
  private void forgetOldest() {
    Iterator<Media> oldest = media.iterator();
    for (int excess = media.size() - MOST_MEDIA; excess > 0 && oldest.hasNext(); ) {
      if (!present.contains(oldest.next())) {
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

  /** Null where a connection that is being replaced has more tracks than the next one. */
  private @Nullable Media present(int track) {
    List<Media> all = present;
    return track < all.size() ? all.get(track) : null;
  }

  synchronized List<MediaStream> streams() {
    return present.stream().map(Media::stream).toList();
  }

  synchronized Optional<String> description() {
    return description;
  }

  /** A connection's first media came. */
  synchronized void connected() {
    connections++;
  }

  /** A packet came. No lock is taken: its counts are read while they are written. */
  void packet(int track, RtpHeaderFields header, long now) {
    Media of = present(track);
    if (of != null) {
      of.reception.packet(
          header.sequence(), header.timestamp(), header.ssrc(), header.length(), now);
    }
  }

  /** What a sender's RTCP says of its reports and of its leaving. */
  synchronized void control(int track, List<RtcpPacket> compound, long now) {
    Media of = present(track);
    if (of != null) {
      compound.forEach(packet -> control(of.reception, packet, now));
    }
  }

  private static void control(RtpReception reception, RtcpPacket packet, long now) {
    if (packet instanceof RtcpPacket.SenderReport report) {
      reception.senderReport(report.ssrc(), report.compactNtpTime(), now);
    } else if (packet instanceof RtcpPacket.Goodbye goodbye) {
      goodbye.sources().forEach(reception::goodbye);
    }
  }

  /** The kernel dropped so many more datagrams of a track. */
  synchronized void droppedByKernel(int track, long count) {
    Media of = present(track);
    if (of != null) {
      of.kernelDrops.addAndGet(count);
    }
  }

  /** An encrypted packet of a track was dropped. */
  synchronized void rejected(int track) {
    Media of = present(track);
    if (of != null) {
      of.rejected.incrementAndGet();
    }
  }

  /** Whether every source that brought media over this connection said goodbye. */
  synchronized boolean haveAllLeft() {
    List<RtpReception> started =
        present.stream().map(Media::reception).filter(RtpReception::isStarted).toList();
    return !started.isEmpty() && started.stream().allMatch(RtpReception::hasLeft);
  }

  synchronized RtcpPacket.@Nullable ReportBlock report(int track, long now) {
    Media of = present(track);
    return of == null ? null : of.reception.report(now);
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
        media.stream().map(StreamRecord::statistics).toList(),
        Math.max(0, connections - 1),
        shown);
  }

  private static MediaStatistics statistics(Media of) {
    RtpReception reception = of.reception;
    return new MediaStatistics(
        of.stream,
        reception.packets(),
        reception.bytes(),
        reception.lost(),
        reception.reordered(),
        of.kernelDrops.get(),
        of.rejected.get(),
        Duration.ofNanos(reception.jitter()));
  }
}
