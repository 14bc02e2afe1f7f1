package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.web.live.FragmentInfo;
import dev.photofinish.relay.web.live.FragmentViewer;
import dev.photofinish.relay.web.live.LiveHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The last segments of a camera's live stream (RFC 8216): at most {@value #MOST_SEGMENTS}, and
 * {@value #MOST_BYTES} bytes. A segment ends at the first key frame after a second, or where it
 * would be longer than the playlist promised. Safe for use by several threads.
 */
final class HlsStream implements FragmentViewer {
  static final int MOST_SEGMENTS = 8;
  static final int MOST_BYTES = 64 << 20;
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(950);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Before the first playlist has promised a duration. */
  private static final long MOST_NANOS = 6 * SECOND;

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long segmentBytes;
  private long sequence;
  private long discontinuities;
  private int headers;
  private byte[] header = new byte[0];
  private ByteArrayOutputStream open = new ByteArrayOutputStream();
  private boolean isFirstOfHeader;
  private @Nullable FragmentInfo openStart;
  private volatile boolean over;

  /** Whole seconds, promised with the first playlist; 0 before. */
  private long target;

  /** A piece of the stream. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Segment(
      long number, int headerNumber, byte[] header, byte[] content, long nanos, boolean isFirst) {}

  /** Completes with the first segment, and fails where the camera ends before. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public synchronized void header(LiveHeader next) {
    open.reset();
    openStart = null;
    header = next.content();
    headers++;
    isFirstOfHeader = true;
  }

  @Override
  public synchronized void fragment(ByteBuf content, FragmentInfo info) {
    if (openStart == null) {
      openStart = info;
    } else {
      long nanos = info.time() - openStart.time();
      long most = target == 0 ? MOST_NANOS : target * SECOND + SECOND / 3;
      if ((info.keyFrame() && nanos >= LEAST_NANOS) || info.end() - openStart.time() > most) {
        close(nanos);
        openStart = info;
      }
    }
    open.writeBytes(ByteBufUtil.getBytes(content));
    if (open.size() > MOST_BYTES) {
      header(new LiveHeader(header, "", List.of()));
    }
  }

  private void close(long nanos) {
    byte[] content = open.toByteArray();
    open = new ByteArrayOutputStream(content.length);
    segments.addLast(new Segment(sequence++, headers, header, content, nanos, isFirstOfHeader));
    segmentBytes += content.length;
    isFirstOfHeader = false;
    while (segments.size() > MOST_SEGMENTS || (segmentBytes > MOST_BYTES && segments.size() > 1)) {
      Segment removed = segments.removeFirst();
      segmentBytes -= removed.content.length;
      discontinuities += removed.isFirst && removed.number > 0 ? 1 : 0;
    }
    ready.complete(null);
  }

  @Override
  public void ended(String reason) {
    over = true;
    ready.completeExceptionally(new IllegalStateException(reason));
  }

  /** Whether the camera has ended. */
  boolean isOver() {
    return over;
  }

  /** The playlist; there must be a segment. */
  synchronized String playlist() {
    if (target == 0) {
      long longest = segments.stream().mapToLong(Segment::nanos).max().orElse(SECOND);
      target = Math.max(1, Math.round(longest / (double) SECOND));
    }
    StringBuilder text = new StringBuilder(512);
    text.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:").append(target);
    text.append("\n#EXT-X-MEDIA-SEQUENCE:").append(segments.getFirst().number);
    text.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
    int known = 0;
    for (Segment segment : segments) {
      if (segment.isFirst && segment.number > 0) {
        text.append("#EXT-X-DISCONTINUITY\n");
      }
      if (segment.headerNumber != known) {
        known = segment.headerNumber;
        text.append("#EXT-X-MAP:URI=\"init").append(known).append(".mp4\"\n");
      }
      text.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", seconds(segment)));
      text.append(segment.number).append(".m4s\n");
    }
    return text.toString();
  }

  private static double seconds(Segment segment) {
    return segment.nanos / (double) SECOND;
  }

  /** A file that the playlist names; empty for one that it does not name any more. */
  synchronized Optional<byte[]> file(String name) {
    for (Segment segment : segments) {
      if (name.equals(segment.number + ".m4s")) {
        return Optional.of(segment.content);
      }
      if (name.equals("init" + segment.headerNumber + ".mp4")) {
        return Optional.of(segment.header);
      }
    }
    return Optional.empty();
  }
}
