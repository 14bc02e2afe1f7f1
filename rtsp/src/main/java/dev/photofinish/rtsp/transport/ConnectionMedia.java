package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.stream.MediaArrivals;
import dev.photofinish.rtsp.stream.SilenceWatch;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The media side of one connection: its tracks and the transport that they come by, the watch for
 * silence, and our reports.
 */
final class ConnectionMedia implements TrackReceiver.Sink {
  private final ConnectionContext context;
  private final MediaWatch watch;
  private final Runnable probe;
  private final MediaArrivals arrivals = new MediaArrivals();
  private final ReportSchedule reports = new ReportSchedule();
  private final InterleavedTransport transport;
  private List<Track> tracks = List.of();

  /**
   * @param probe asks the camera whether it lives
   */
  ConnectionMedia(ConnectionContext context, SilenceWatch silence, Runnable probe) {
    this.context = context;
    this.watch = new MediaWatch(silence);
    this.probe = probe;
    this.transport = new InterleavedTransport(this, context::write);
  }

  @Override
  public String remote() {
    return context.remote();
  }

  /** Empty before PLAY was sent. */
  List<Track> tracks() {
    return tracks;
  }

  MediaArrivals arrivals() {
    return arrivals;
  }

  void assign(List<Track> prepared) {
    tracks = prepared;
    arrivals.assign(transport.assign(prepared));
  }

  // ---- What comes

  void frame(InterleavedFrame frame, long now) {
    transport.frame(frame, now);
  }

  /** A packet may win the race: then it is the first that the new owner gets. */
  @Override
  public void rtp(int track, RtpHeader header, ByteBuf packet, long now) {
    watch.media(header.timestamp(), now);
    ConnectionListener owner = context.owner();
    owner.rtp(track, header, packet, now);
    if (context.owner() != owner) {
      context.owner().rtp(track, header, packet, now);
    }
  }

  @Override
  public void rtcp(int track, ByteBuf packet, long now) {
    watch.answer(now);
    context.owner().rtcp(track, packet, now);
    reportStalled();
  }

  /** The camera said something that is not media. */
  void answer(long now) {
    watch.answer(now);
  }

  void reportStalled() {
    if (!context.isOver() && watch.takeStalled()) {
      context.owner().stalled();
    }
  }

  // ---- Times

  /** PLAY was answered. */
  void start(long now) {
    reports.start(now);
    watch.start(now);
  }

  /** Media is expected from now on. */
  void watch(long now) {
    watch.start(now);
  }

  /** Nothing is read, or nothing was asked to play: silence says nothing. */
  void pause() {
    watch.stop();
  }

  void stop() {
    watch.stop();
    reports.stop();
  }

  OptionalLong deadline() {
    OptionalLong silence = watch.deadline();
    OptionalLong report = reports.deadline();
    if (silence.isEmpty() || report.isEmpty()) {
      return silence.isEmpty() ? report : silence;
    }
    return silence.getAsLong() - report.getAsLong() < 0 ? silence : report;
  }

  void checkSilence(long now) {
    switch (context.isOver() ? SilenceWatch.Finding.NOTHING : watch.check(now)) {
      case NOTHING -> {}
      case SUSPECT -> probe.run();
      case DEAD -> context.owner().silent(watch.dead(now, context.channel().isWritable()));
      case STALLED_OUT -> context.owner().silent(watch.stalledOut(now));
    }
  }

  void report(long now) {
    if (context.isOver() || !reports.take(now)) {
      return;
    }
    for (int track = 0; track < tracks.size(); track++) {
      byte @Nullable [] report = context.owner().report(track, now);
      if (report != null) {
        transport.report(track, report);
      }
    }
  }
}
