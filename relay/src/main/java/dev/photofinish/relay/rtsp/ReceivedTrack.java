package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.IncomingPackets;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.ReorderBuffer;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpReception;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A track that a client sends: puts its packets into order, hands them on, and reports on them.
 * Payload types that were not agreed on are ignored (RFC 3550 section 5.1).
 */
final class ReceivedTrack implements TrackInput.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(ReceivedTrack.class);

  /** As that of cameras: {@code reorder-window}, and packets ahead of a missing one. */
  private static final long REORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final int REORDER_CAPACITY = 256;

  /** RFC 3550 section 6.2: the recommended minimum between a receiver's reports. */
  private static final long REPORT_SECONDS = 5;

  private final MediaStream media;
  private final TrackInput input;
  private final IncomingPackets receiver;
  private final EventLoop loop;
  private final Ticker clock;
  private final ReceiverReports reports;
  private final RtpReception reception;
  private final @Nullable ReorderBuffer<RtpPacket> order;
  private final Future<?> reporting;
  private @Nullable Future<?> timer;

  /**
   * @param media as it was agreed on
   */
  ReceivedTrack(
      MediaStream media,
      TrackInput input,
      IncomingPackets receiver,
      EventLoop loop,
      Ticker clock,
      ReceiverReports reports) {
    this.media = media;
    this.input = input;
    this.receiver = receiver;
    this.loop = loop;
    this.clock = clock;
    this.reports = reports;
    this.reception = new RtpReception(media.clockRate());
    this.order =
        input.isUnordered()
            ? new ReorderBuffer<>(REORDER_CAPACITY, REORDER_NANOS, ReferenceCountUtil::release)
            : null;
    this.reporting =
        loop.scheduleAtFixedRate(this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
    input.open(this);
  }

  @Override
  public void rtp(ByteBuf packet) {
    try {
      RtpPacket read = RtpPacket.of(media, packet);
      if (read.payloadType() != media.payloadType()) {
        return;
      }
      long now = clock.nanoTime();
      reception.packet(read.sequence(), read.timestamp(), read.ssrc(), read.length(), now);
      if (order == null) {
        receiver.packet(read);
      } else {
        order.add(read.sequence(), read.retain(), now);
        deliver(order, now);
      }
    } catch (RtpFormatException e) {
      LOG.debug("{} of a client: {}", media.media(), e.getMessage());
    }
  }

  private void deliver(ReorderBuffer<RtpPacket> from, long now) {
    for (RtpPacket packet = from.poll(now); packet != null; packet = from.poll(now)) {
      receiver.packet(packet);
      packet.release();
    }
    if (timer == null && from.deadline().isPresent()) {
      long delay = Math.max(0, from.deadline().getAsLong() - now);
      timer = loop.schedule(() -> expired(from), delay, TimeUnit.NANOSECONDS);
    }
  }

  private void expired(ReorderBuffer<RtpPacket> from) {
    timer = null;
    deliver(from, clock.nanoTime());
  }

  @Override
  public void rtcp(ByteBuf compound) {
    try {
      for (RtcpPacket packet : RtcpPacket.parseAll(compound.nioBuffer())) {
        if (packet instanceof RtcpPacket.SenderReport report) {
          reception.senderReport(
              report.ssrc(), (report.ntpTime() >>> 16) & 0xffff_ffffL, clock.nanoTime());
          receiver.reported(media.index(), report.ntpTime(), report.rtpTime());
        }
      }
    } catch (RtpFormatException e) {
      LOG.debug("RTCP of {} of a client: {}", media.media(), e.getMessage());
    }
  }

  /** Sends our report on what came. */
  void report() {
    byte @Nullable [] report = reports.of(reception.report(clock.nanoTime()));
    if (report != null) {
      input.report(report);
    }
  }

  /** Packets that came, for the log. */
  long packets() {
    return reception.packets();
  }

  long lost() {
    return reception.lost();
  }

  void close() {
    reporting.cancel(false);
    input.stop();
    if (order != null) {
      order.clear();
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
