package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.observe.RaceListener;
import dev.photofinish.race.RaceReport;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; what one of them throws is logged and changes nothing. */
final class Listeners implements CameraListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final CameraListener[] listeners;
  private final AtomicLong failures = new AtomicLong();

  Listeners(CameraListener... listeners) {
    this.listeners = listeners.clone();
  }

  /** Whether a listener, or one of several, does anything with frames. */
  static boolean takesFrames(CameraListener listener) {
    if (listener instanceof Listeners several) {
      return Arrays.stream(several.listeners).anyMatch(Listeners::takesFrames);
    }
    try {
      return listener
              .getClass()
              .getMethod("frame", CameraStream.class, MediaStream.class, Frame.class)
              .getDeclaringClass()
          != CameraListener.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every listener has it", e);
    }
  }

  private void report(Consumer<CameraListener> event) {
    for (CameraListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (Throwable e) { // also an Error: the stream owes its user a state
        failed(listener, e);
      }
    }
  }

  /** A listener may fail with every packet: the first stack trace says it all. */
  private void failed(CameraListener listener, Throwable e) {
    if (failures.getAndIncrement() == 0) {
      LOG.error("a camera listener failed: {}", listener.getClass().getName(), e);
    } else {
      LOG.debug("a camera listener failed again: {}", e.toString());
    }
  }

  @Override
  public RaceListener races(CameraStream stream) {
    List<RaceListener> of = new ArrayList<>();
    report(l -> of.add(l.races(stream)));
    return RaceListener.all(of.toArray(RaceListener[]::new));
  }

  @Override
  public void state(CameraStream stream, CameraState from, CameraState to, String reason) {
    report(l -> l.state(stream, from, to, reason));
  }

  @Override
  public void race(CameraStream stream, RaceReport report) {
    report(l -> l.race(stream, report));
  }

  @Override
  public void retry(
      CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
    report(l -> l.retry(stream, attempt, delay, strategy, reason));
  }

  @Override
  public void device(CameraStream stream, String endpoint, @Nullable ClientLimit profile) {
    report(l -> l.device(stream, endpoint, profile));
  }

  @Override
  public void described(
      CameraStream stream, List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    report(l -> l.described(stream, streams, leftOut));
  }

  @Override
  public void packet(CameraStream stream, RtpPacket packet) {
    // Neither lambda nor iterator: nothing is made here for each packet.
    for (CameraListener listener : listeners) {
      try {
        listener.packet(stream, packet);
      } catch (Throwable e) { // also an Error: the stream owes its user a state
        failed(listener, e);
      }
    }
  }

  @Override
  public void frame(CameraStream stream, MediaStream media, Frame frame) {
    report(l -> l.frame(stream, media, frame));
  }

  @Override
  public void rtcp(CameraStream stream, MediaStream media, ByteBuf packet) {
    report(l -> l.rtcp(stream, media, packet));
  }
}
