package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.stream.PlayedConnection;
import dev.photofinish.rtsp.stream.StreamEvent;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection after it won its race: its facts, its media, and what the stream hears of it. */
final class CameraPlayback extends PlayedConnection implements ConnectionListener {
  private final CameraConnection connection;
  private final CameraSupervisor stream;
  private final StreamRecord record;
  private final StreamReports reports;
  private final ReceiverReports receiverReports;

  CameraPlayback(
      CameraConnection connection,
      CameraSupervisor stream,
      StreamRecord record,
      StreamReports reports,
      ReceiverReports receiverReports) {
    super(connection.remote());
    this.connection = connection;
    this.stream = stream;
    this.record = record;
    this.reports = reports;
    this.receiverReports = receiverReports;
  }

  CameraConnection connection() {
    return connection;
  }

  /** Goes on with the dialogue beyond its first response. */
  void begin() {
    if (!connection.tracks().isEmpty()) {
      prepared(connection);
    }
    connection.begin();
    connection.choose();
  }

  @Override
  public void prepared(CameraConnection prepared) {
    List<MediaStream> streams = MediaStreams.of(connection.tracks());
    record.assign(streams);
    reports.described(streams);
  }

  @Override
  public void rtp(CameraConnection from, int track, RtpHeader header, ByteBuf packet, long now) {
    if (stream.takes(this, now)) {
      reports.packet(record.packet(track, header, packet.readableBytes(), now), header, packet);
    }
  }

  @Override
  public void rtcp(CameraConnection from, int track, ByteBuf packet, long now) {
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
  public byte @Nullable [] report(CameraConnection from, int track, long now) {
    return stream.isCurrent(this) ? receiverReports.of(record.report(track, now)) : null;
  }

  @Override
  public void stalled(CameraConnection from) {
    stream.handle(new StreamEvent.Stalled<>(this));
  }

  @Override
  public void silent(CameraConnection from, EndReason end) {
    stream.handle(new StreamEvent.FellSilent<>(this, end));
  }

  @Override
  public void ended(CameraConnection from, EndReason end) {
    stream.handle(new StreamEvent.ConnectionEnded<>(this, end));
  }
}
