package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.limit.TrackedConnection;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.stream.PlayPosition;
import dev.photofinish.rtsp.stream.PlayedConnection;
import dev.photofinish.rtsp.stream.StreamEvent;
import dev.photofinish.rtsp.transport.CameraConnection;
import dev.photofinish.rtsp.transport.ConnectionListener;
import dev.photofinish.rtsp.transport.OutgoingAudio;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection after it won its race: its facts, its media, and what it tells its stream. */
final class CameraPlayback extends PlayedConnection
    implements ConnectionListener, BackChannel.Line {
  /** The stream that a connection plays for. */
  interface Stream {
    void handle(StreamEvent<CameraPlayback> event);

    boolean isCurrent(CameraPlayback connection);

    /** The way for audio to the camera, on whichever connection. */
    BackChannel backChannel();

    /** The place in what the stream plays. */
    PlayPosition position();

    /** Whether media has come on any connection of the stream. */
    boolean hasPlayed();

    /** Whether a packet that came on {@code connection} is the stream's. */
    boolean takes(CameraPlayback connection);
  }

  private final RacingConnection won;
  private final CameraConnection connection;
  private final Stream stream;
  private final StreamRecord records;
  private final StreamReports reports;
  private final ReceiverReports receiverReports;
  private final KeyFrameFeedback keyFrames;
  private final UserRequests requests;
  private final EndOfRange endOfRange;
  private boolean paused;

  /** As they were described; empty before its media are set up. */
  private List<MediaStream> streams = List.of();

  /** What came over it. */
  private ConnectionRecord record = ConnectionRecord.NONE;

  /** Null before its media are set up. */
  private @Nullable ConnectionFrames frames;

  CameraPlayback(RacingConnection won, Stream stream, StreamRecord records, StreamReports reports) {
    super(won.connection().remote(), won.connection().arrivals(), won.mayMove());
    this.won = won;
    this.connection = won.connection();
    this.stream = stream;
    this.records = records;
    this.reports = reports;
    this.receiverReports = won.receiverReports();
    this.keyFrames = new KeyFrameFeedback(receiverReports);
    this.requests = new UserRequests(connection::request);
    this.endOfRange = new EndOfRange(stream.position(), stream::hasPlayed);
  }

  /** What the user asks on this connection. */
  UserRequests requests() {
    return requests;
  }

  CameraConnection connection() {
    return connection;
  }

  TrackedConnection tracked() {
    return won.tracked();
  }

  /** Goes on with the dialogue beyond its first response. */
  void begin() {
    if (!connection.tracks().isEmpty()) {
      prepared(connection.tracks());
      won.played().forEach(played -> playAnswered(played.asked(), played.answer()));
    }
    connection.begin();
    connection.choose();
  }

  // ---- Audio for the camera

  private void openBackChannel() {
    OutgoingAudio audio = connection.audio();
    audio.format().ifPresent(format -> stream.backChannel().opened(this, format));
    if (!audio.missing().isEmpty()) {
      stream.backChannel().unavailable(audio.missing());
    }
  }

  @Override
  public boolean isReady() {
    return connection.audio().isReady();
  }

  @Override
  public void send(byte[] payload, int samples) {
    connection.audio().send(payload, samples);
  }

  @Override
  public void playing() {
    openBackChannel();
  }

  @Override
  public void writable() {
    stream.backChannel().sendWaiting();
  }

  // ---- Its session

  @Override
  protected boolean wasAnswered() {
    return connection.wasAnswered();
  }

  @Override
  public boolean hasTracks() {
    return won.hasTracks();
  }

  @Override
  public boolean isOverUdp() {
    return won.isOverUdp();
  }

  @Override
  public void learnt(Trait trait) {
    won.learnt(trait);
  }

  @Override
  public void prepared(List<Track> tracks) {
    streams = MediaStreams.of(tracks);
    records.end(record);
    record = records.open(streams, connection.description());
    if (!won.isSecure() && streams.stream().anyMatch(MediaStream::encrypted)) {
      reports.keysCameInTheClear();
    }
    stream.position().assign(tracks);
    stream.backChannel().closed(this);
    openBackChannel();
    reports.backChannel(connection.audio().format(), connection.audio().missing());
    releaseFrames();
    frames = new ConnectionFrames(reports.frames(), tracks, streams, isOfRecording());
    reports.described(streams, MediaStreams.leftOut(connection.skipped()));
  }

  // ---- What the user asks for

  @Override
  public void playAnswered(PlayRequest asked, RtspResponse answer) {
    stream.position().played(asked, answer);
    if (frames != null) {
      frames.played(asked, answer, isOfRecording());
    }
    if (paused || hadMedia()) {
      record.restart();
    }
    if (paused) {
      paused = false;
      stream.handle(new StreamEvent.Resumed<>(this));
    }
  }

  @Override
  public void paused() {
    paused = true;
    stream.backChannel().closed(this);
    stream.handle(new StreamEvent.Paused<>(this));
  }

  @Override
  public void answered(long id, RtspResponse response) {
    requests.answered(id, response);
  }

  @Override
  public void refused(long id, String reason) {
    requests.refused(id, reason);
  }

  // ---- What comes

  @Override
  public void rtp(int track, ReceivedPacket packet, long now) {
    if (stream.takes(this)) {
      if (isOfRecording()) {
        stream.position().packet(track, packet.timestamp(), packet.replay());
      }
      record.packet(track, packet, now);
      reports.packet(streams.get(track), packet);
      if (frames != null) {
        frames.packet(track, packet, now);
      }
    }
  }

  @Override
  public void rtcp(int track, ByteBuf packet, long now) {
    try {
      List<RtcpPacket> compound = RtcpPacket.parseAll(packet.nioBuffer());
      if (frames != null) {
        frames.control(track, compound);
      }
      if (!stream.isCurrent(this)) {
        return;
      }
      String goodbye = record.control(track, compound, now);
      reports.rtcp(streams.get(track), packet);
      if (goodbye != null) {
        EndReason bye = endOfRange.allLeft(goodbye);
        stream.handle(new StreamEvent.SourcesLeft<>(this, bye));
      }
    } catch (RtpFormatException e) {
      // What cannot be read says nothing; media goes on without it.
    }
  }

  @Override
  public void droppedByKernel(int track, long count) {
    record.tracks().get(track).droppedByKernel(count);
  }

  @Override
  public void rejected(int track) {
    record.tracks().get(track).rejected();
  }

  @Override
  public byte @Nullable [] report(int track, long now) {
    return stream.isCurrent(this) ? receiverReports.of(record.report(track, now)) : null;
  }

  @Override
  public byte @Nullable [] keyFrameRequest(int track, long now) {
    return stream.isCurrent(this)
        ? keyFrames.of(connection.tracks().get(track).media(), record.report(track, now))
        : null;
  }

  // ---- The end

  @Override
  public void stalled() {
    Optional<EndReason> end = endOfRange.stalled();
    stream.handle(
        end.isPresent()
            ? new StreamEvent.SourcesLeft<>(this, end.get())
            : new StreamEvent.Stalled<>(this));
  }

  @Override
  public void silent(EndReason end) {
    stream.handle(new StreamEvent.FellSilent<>(this, end));
  }

  @Override
  public void ended(EndReason end) {
    stream.backChannel().closed(this);
    stream.handle(new StreamEvent.ConnectionEnded<>(this, endOfRange.meaning(end)));
    requests.end(end);
    records.end(record);
    releaseFrames();
  }

  private void releaseFrames() {
    if (frames != null) {
      frames.release();
    }
  }

  private boolean isOfRecording() {
    return stream.position().isOfRecording();
  }
}
