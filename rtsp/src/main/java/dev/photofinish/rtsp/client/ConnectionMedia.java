package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.Track;
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
  private final CameraConnection connection;
  private final MediaWatch watch;
  private final ReportSchedule reports = new ReportSchedule();
  private final InterleavedTransport transport;
  private List<Track> tracks = List.of();

  ConnectionMedia(CameraConnection connection, ClientOptions options) {
    this.connection = connection;
    this.watch = new MediaWatch(options);
    this.transport = new InterleavedTransport(this, connection::write);
  }

  @Override
  public String remote() {
    return connection.remote();
  }

  /** Empty before PLAY was sent. */
  List<Track> tracks() {
    return tracks;
  }

  void assign(List<Track> prepared) {
    tracks = prepared;
    transport.assign(prepared);
  }

  // ---- What comes

  void frame(InterleavedFrame frame, long now) {
    transport.frame(frame, now);
  }

  @Override
  public void rtp(int track, RtpHeader header, ByteBuf packet, long now) {
    watch.media(header.timestamp(), now);
    connection.owner().rtp(connection, track, header, packet, now);
  }

  @Override
  public void rtcp(int track, ByteBuf packet, long now) {
    watch.answer(now);
    connection.owner().rtcp(connection, track, packet, now);
    tellStalled();
  }

  /** The camera said something that is not media. */
  void answer(long now) {
    watch.answer(now);
  }

  void tellStalled() {
    if (!connection.isOver() && watch.takeStalled()) {
      connection.owner().stalled(connection);
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
    switch (connection.isOver() ? SilenceWatch.Finding.NOTHING : watch.check(now)) {
      case NOTHING -> {}
      case SUSPECT -> connection.ask();
      case DEAD -> {
        boolean writable = connection.channel().isWritable();
        connection.owner().silent(connection, watch.dead(now, writable));
      }
      case STALLED_OUT -> connection.owner().silent(connection, watch.stalledOut(now));
    }
  }

  void report(long now) {
    if (connection.isOver() || !reports.take(now)) {
      return;
    }
    for (int track = 0; track < tracks.size(); track++) {
      byte @Nullable [] report = connection.owner().report(connection, track, now);
      if (report != null) {
        transport.report(track, report);
      }
    }
  }
}
