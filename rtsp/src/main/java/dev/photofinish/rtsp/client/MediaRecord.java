package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpReception;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counts of one media on one connection. Written by the event loop of the connection; {@link
 * #addTo} may be called by any thread.
 */
final class MediaRecord {
  private final RtpReception reception;
  private final AtomicLong kernelDrops = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();

  /**
   * @param clockRate as for {@link RtpReception}
   */
  MediaRecord(int clockRate) {
    this.reception = new RtpReception(clockRate);
  }

  RtpReception reception() {
    return reception;
  }

  /** The kernel dropped so many more datagrams. */
  void droppedByKernel(long count) {
    kernelDrops.addAndGet(count);
  }

  /** An encrypted packet was dropped. */
  void rejected() {
    rejected.incrementAndGet();
  }

  /** The sum with what other connections brought; the jitter is that of this one, if it has any. */
  MediaStatistics addTo(MediaStatistics others) {
    Duration jitter = Duration.ofNanos(reception.jitter());
    return new MediaStatistics(
        others.stream(),
        others.packets() + reception.packets(),
        others.bytes() + reception.bytes(),
        others.lost() + reception.lost(),
        others.reordered() + reception.reordered(),
        others.droppedByKernel() + kernelDrops.get(),
        others.rejected() + rejected.get(),
        jitter.isZero() ? others.jitter() : jitter);
  }
}
