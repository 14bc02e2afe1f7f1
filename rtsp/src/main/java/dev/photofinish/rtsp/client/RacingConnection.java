package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Attempt;
import dev.photofinish.connect.Connection;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.Stage;
import dev.photofinish.rtp.ReceiverReports;
import dev.photofinish.rtsp.codec.RtspDecoder;
import dev.photofinish.rtsp.codec.RtspEncoder;
import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueCommand;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.limit.ConnectionTracker;
import dev.photofinish.rtsp.limit.LimitObserver;
import dev.photofinish.rtsp.limit.TrackedConnection;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.stream.EndMeaning;
import dev.photofinish.rtsp.stream.MediaWay;
import dev.photofinish.rtsp.transport.AudioSource;
import dev.photofinish.rtsp.transport.CameraConnection;
import dev.photofinish.rtsp.transport.CameraHandler;
import dev.photofinish.rtsp.transport.ConnectionListener;
import dev.photofinish.rtsp.transport.MediaSettings;
import dev.photofinish.rtsp.transport.ReceivedPacket;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection while it races: makes its parts, and reports to the race how far it came. */
final class RacingConnection implements ConnectionListener, MediaWay {
  private static final AttributeKey<RacingConnection> KEY =
      AttributeKey.valueOf(RacingConnection.class, "connection");

  private final Attempt attempt;
  private final FinishLine finishLine;
  private final BiConsumer<RacingConnection, EndReason> ends;
  private final CameraConnection connection;
  private final LimitObserver observer;
  private final ConnectionTracker tracker;
  private final ReceiverReports receiverReports;
  private final boolean mayMove;
  private boolean secure;
  private boolean closedByRace;

  /** Answers to PLAY that came before the race was decided; one of each track's at most. */
  private final List<DialogueCommand.PlayAnswered> played = new ArrayList<>();

  /**
   * @param receiverReports of a source of its own: connections may share a key
   * @param audio of the same source as the reports
   * @param mayMove whether its media may come by more than one transport
   * @param observer tracks it
   * @param ends called when a dialogue ended that was part of the race, and before with what tells
   *     that it will
   */
  RacingConnection(
      Attempt attempt,
      FinishLine finishLine,
      Dialogue dialogue,
      ReceiverReports receiverReports,
      MediaSettings settings,
      AudioSource audio,
      boolean mayMove,
      LimitObserver observer,
      Ticker clock,
      BiConsumer<RacingConnection, EndReason> ends) {
    this.attempt = attempt;
    this.finishLine = finishLine;
    this.ends = ends;
    this.connection = new CameraConnection(dialogue, settings, audio, clock, this);
    this.receiverReports = receiverReports;
    this.mayMove = mayMove;
    this.observer = observer;
    this.tracker = observer.track(attempt.candidate().endpoint(), connection.arrivals());
  }

  /** The winner, which its attempt was made with. */
  static RacingConnection of(Connection winner) {
    return Objects.requireNonNull(winner.channel().attr(KEY).get());
  }

  CameraConnection connection() {
    return connection;
  }

  /** The number of its endpoint in the target. */
  int endpoint() {
    return attempt.candidate().endpoint();
  }

  /** Writes our reports on what comes over it. */
  ReceiverReports receiverReports() {
    return receiverReports;
  }

  /** Whether the camera is spoken with over TLS. */
  boolean isSecure() {
    return secure;
  }

  @Override
  public boolean mayMove() {
    return mayMove;
  }

  @Override
  public boolean hasTracks() {
    return connection.hasTracks();
  }

  @Override
  public boolean isOverUdp() {
    List<Track> tracks = connection.tracks();
    return !tracks.isEmpty() && tracks.get(0).transport() instanceof TrackTransport.Udp;
  }

  @Override
  public boolean hadMedia() {
    return connection.arrivals().any();
  }

  TrackedConnection tracked() {
    return tracker.tracked();
  }

  /**
   * Takes its place at the end of an attempt's channel.
   *
   * @param secured whether TLS comes before the dialogue
   * @param completion the event after which the dialogue may begin; null if nothing comes before it
   */
  void addTo(Channel channel, boolean secured, @Nullable Object completion) {
    secure = secured;
    channel.attr(KEY).set(this);
    LargeReads.allow(channel);
    channel
        .pipeline()
        .addLast(
            new RtspDecoder(connection),
            new RtspEncoder(),
            tracker,
            new CameraHandler(connection, completion));
  }

  @Override
  public void connected(boolean established) {
    if (finishLine == FinishLine.CONNECT || (finishLine == FinishLine.TLS && established)) {
      attempt.reached(Stage.READY);
    }
  }

  @Override
  public void learnt(Trait trait) {
    observer.habits().learnt(tracked(), trait);
  }

  @Override
  public void strange(EndReason why) {
    ends.accept(this, why);
  }

  @Override
  public void responded() {
    attempt.reached(finishLine == FinishLine.RESPONSE ? Stage.READY : Stage.RESPONDED);
  }

  @Override
  public void playAnswered(PlayRequest asked, RtspResponse answer) {
    played.add(new DialogueCommand.PlayAnswered(asked, answer));
  }

  List<DialogueCommand.PlayAnswered> played() {
    return played;
  }

  @Override
  public void playing() {
    observer.habits().playsInRace(tracked(), this);
  }

  /** No media comes: the race goes on without it. */
  @Override
  public void silent(EndReason end) {
    connection.leave(end);
  }

  @Override
  public void rtp(int track, ReceivedPacket packet, long now) {
    attempt.reached(Stage.READY);
  }

  /**
   * The race closes a channel that may be of such a connection: its end says nothing, unless the
   * camera has closed it before.
   */
  static void closes(Channel channel) {
    RacingConnection racing = channel.attr(KEY).get();
    if (racing != null && channel.isActive()) {
      racing.closedByRace = true;
    }
  }

  @Override
  public void ended(EndReason end) {
    ends.accept(
        this,
        closedByRace ? new EndReason(EndReason.Kind.LEFT, "the race went on without it") : end);
    attempt.failed(EndMeaning.of(end).cause(), end.reason());
  }
}
