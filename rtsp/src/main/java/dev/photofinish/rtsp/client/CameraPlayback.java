package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.limit.TrackedConnection;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.stream.PlayedConnection;
import dev.photofinish.rtsp.stream.StreamEvent;
import dev.photofinish.rtsp.transport.CameraConnection;
import dev.photofinish.rtsp.transport.ConnectionListener;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import dev.photofinish.rtsp.transport.ReceiverReports;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection after it won its race: its facts, its media, and what it reports to its stream.
 */
final class CameraPlayback extends PlayedConnection implements ConnectionListener {
  /** The stream that a connection plays for. */
  interface Stream {
    void handle(StreamEvent<CameraPlayback> event);

    boolean isCurrent(CameraPlayback connection);

    /** Whether a packet that came on {@code connection} is the stream's. */
    boolean takes(CameraPlayback connection);
  }

  private final RacingConnection won;
  private final CameraConnection connection;
  private final Stream stream;
  private final StreamRecord record;
  private final StreamReports reports;
  private final ReceiverReports receiverReports;

  CameraPlayback(RacingConnection won, Stream stream, StreamRecord record, StreamReports reports) {
    super(won.connection().remote(), won.connection().arrivals());
    this.won = won;
    this.connection = won.connection();
    this.stream = stream;
    this.record = record;
    this.reports = reports;
    this.receiverReports = won.receiverReports();
  }

  CameraConnection connection() {
    return connection;
  }

  TrackedConnection tracked() {
    return won.tracked();
  }

  /** Whether its media come over UDP. */
  boolean isOverUdp() {
    List<Track> tracks = connection.tracks();
    return !tracks.isEmpty() && tracks.get(0).transport() instanceof TrackTransport.Udp;
  }

  /** Goes on with the dialogue beyond its first response. */
  void begin() {
    if (!connection.tracks().isEmpty()) {
      prepared(connection.tracks());
    }
    connection.begin();
    connection.choose();
  }

  @Override
  public void learnt(Trait trait) {
    won.learnt(trait);
  }

  @Override
  public void prepared(List<Track> tracks) {
    List<MediaStream> streams = MediaStreams.of(tracks);
    record.assign(streams);
    if (!won.isSecure() && streams.stream().anyMatch(MediaStream::encrypted)) {
      reports.keysCameInTheClear();
    }
    reports.described(streams, MediaStreams.leftOut(connection.skipped()));
  }

  @Override
  public void rtp(int track, ReceivedPacket packet, long now) {
    if (stream.takes(this)) {
      reports.packet(record.packet(track, packet, now), packet);
    }
  }

  @Override
  public void rtcp(int track, ByteBuf packet, long now) {
    if (!stream.isCurrent(this)) {
      return;
    }
    try {
      List<RtcpPacket> compound = RtcpPacket.parseAll(packet.nioBuffer());
      reports.rtcp(record.control(track, compound, now), packet);
      leaveWhenAllLeft(compound);
    } catch (RtpFormatException e) {
      // What cannot be read says nothing; media goes on without it.
    }
  }

  /** RFC 3550 section 6.6: the last source that says goodbye ends the media. */
  private void leaveWhenAllLeft(List<RtcpPacket> compound) {
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.Goodbye goodbye && record.haveAllLeft()) {
        String why = goodbye.reason().isEmpty() ? "" : ": " + Excerpt.of(goodbye.reason());
        EndReason bye =
            new EndReason(EndReason.Kind.ENDED_BY_CAMERA, "RTCP BYE from every source" + why);
        stream.handle(new StreamEvent.SourcesLeft<>(this, bye));
        return;
      }
    }
  }

  @Override
  public void droppedByKernel(int track, long count) {
    record.droppedByKernel(track, count);
  }

  @Override
  public byte @Nullable [] report(int track, long now) {
    return stream.isCurrent(this) ? receiverReports.of(record.report(track, now)) : null;
  }

  @Override
  public void stalled() {
    stream.handle(new StreamEvent.Stalled<>(this));
  }

  @Override
  public void silent(EndReason end) {
    stream.handle(new StreamEvent.FellSilent<>(this, end));
  }

  @Override
  public void ended(EndReason end) {
    stream.handle(new StreamEvent.ConnectionEnded<>(this, end));
  }
}
