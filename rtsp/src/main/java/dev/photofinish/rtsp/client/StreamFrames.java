package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.stream.FrameClock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a stream, over all its connections: they are put together only while someone takes
 * them. Sinks come and go on any thread, everything else happens on the stream's event loop.
 */
final class StreamFrames {
  private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);

  /** A camera may describe itself otherwise on every connection. */
  private static final int MOST_SAID = 16;

  private final String url;
  private final FrameClock clock = new FrameClock();
  private final List<FrameSink> sinks = new CopyOnWriteArrayList<>();
  private final Set<String> said = new HashSet<>();
  private @Nullable ConnectionFrames current;
  private boolean over;
  private @Nullable String failure;

  StreamFrames(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  /** Adds one that takes frames; where the stream is over it is over at once. */
  void add(FrameSink sink) {
    if (!addUnlessOver(sink)) {
      sink.over(failure);
    }
  }

  private synchronized boolean addUnlessOver(FrameSink sink) {
    return !over && sinks.add(sink);
  }

  void remove(FrameSink sink) {
    sinks.remove(sink);
  }

  boolean areTaken() {
    return !sinks.isEmpty();
  }

  FrameClock clock() {
    return clock;
  }

  /** The connection whose packets are the stream's from now on; what another began is let go. */
  void take(ConnectionFrames next) {
    if (current != next) {
      if (current != null) {
        current.release();
      }
      current = next;
    }
  }

  /** Hands a frame to all who take them; takes over the caller's reference. */
  void deliver(MediaStream media, Frame frame, boolean waits) {
    try {
      for (FrameSink sink : sinks) {
        sink.frame(media, frame, waits);
      }
    } finally {
      frame.release();
    }
  }

  /** Says once why a media comes without frames. */
  void sayUnknown(MediaStream media, PayloadFormat format) {
    if (said.size() < MOST_SAID && said.add(media.media() + media.codec())) {
      String why = PayloadFormats.problem(format).orElse("its description cannot be used");
      LOG.info("{}: {} comes as packets, without frames: {}", url, media.media(), Excerpt.of(why));
    }
  }

  /** The stream is over. */
  void over(@Nullable String why) {
    synchronized (this) {
      over = true;
      failure = why;
    }
    sinks.forEach(sink -> sink.over(why));
    sinks.clear();
  }
}
