package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.RtcpPacket;
import dev.photofinish.rtsp.message.RtpHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.session.Ending;
import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a stream's connections after their races: at most one plays ({@code current}), and one that
 * fell silent may be kept ({@code silent}) until the race for its replacement is won; it plays
 * again should its media come back before.
 */
final class Playback implements ConnectionOwner {

  /** What becomes of the connections. */
  interface Events {
    /** Media flows, for the first time on this connection or again after a stall. */
    void playing(CameraConnection connection, long now);

    /** The connection answers, but sends no media. */
    void stalled(String reason);

    /** Whether a connection that fell silent is kept until there is another. */
    boolean keeps(CameraConnection silent);

    /** A silent connection plays again. */
    void cameBack();

    /**
     * The connection that played, or the silent one, is closed.
     *
     * @param hadMedia whether media had come on it
     */
    void ended(CameraConnection connection, Ending ending, boolean hadMedia);

    /**
     * The stream has no connection that plays any more; a silent one may be there.
     *
     * @param hadMedia whether media had come on it
     */
    void dropped(CameraConnection connection, Ending ending, boolean hadMedia);

    /** Everything that was to be closed is. */
    void allClosed();
  }

  private final Events events;
  private final CameraSupervisor.Events listener;
  private final StreamRecord record;
  private final ReceiverReports reports;

  private final Set<CameraConnection> open = new HashSet<>();
  private @Nullable CameraConnection current;
  private @Nullable CameraConnection silent;
  private boolean mediaOnCurrent;
  private boolean flows;
  private boolean autoRead = true;
  private long begunAt;
  private long lastMedia;

  /**
   * @param listener hears of media
   */
  Playback(
      Events events,
      CameraSupervisor.Events listener,
      StreamRecord record,
      ReceiverReports reports) {
    this.events = events;
    this.listener = listener;
    this.record = record;
    this.reports = reports;
  }

  // ---- For the supervisor

  /** The winner of a race plays from now on, in the place of what was silent. */
  void play(CameraConnection next, long now) {
    begunAt = now;
    mediaOnCurrent = false;
    flows = false;
    current = next;
    open.add(next);
    next.owner(this);
    letSilentGo();
    if (!next.tracks().isEmpty()) {
      prepared(next);
    }
    next.begin();
    next.choose();
  }

  void letSilentGo() {
    if (silent != null) {
      CameraConnection old = silent;
      silent = null;
      old.leave(null);
    }
  }

  /** Leaves every connection in order. */
  void leave() {
    current = null;
    silent = null;
    for (CameraConnection connection : List.copyOf(open)) {
      connection.leave(null);
    }
  }

  boolean isAllClosed() {
    return open.isEmpty();
  }

  @Nullable CameraConnection silent() {
    return silent;
  }

  void autoRead(boolean read) {
    autoRead = read;
    if (current != null && mediaOnCurrent) {
      current.reading(read);
    }
  }

  /** When the latest connection won its race. */
  long begunAt() {
    return begunAt;
  }

  long lastMedia() {
    return lastMedia;
  }

  // ---- From the connections

  @Override
  public void prepared(CameraConnection connection) {
    List<MediaStream> streams = MediaStreams.of(connection.tracks());
    record.assign(streams);
    listener.described(streams);
  }

  @Override
  public void rtp(
      CameraConnection connection, int track, RtpHeader header, ByteBuf packet, long now) {
    if (connection == silent) {
      cameBack(connection);
    }
    if (connection != current) {
      return;
    }
    if (flows || plays(connection, now)) {
      lastMedia = now;
      listener.packet(record.packet(track, header, packet.readableBytes(), now), header, packet);
    }
  }

  /** The silent connection brings media while its replacement is still being raced for. */
  private void cameBack(CameraConnection connection) {
    events.cameBack();
    silent = null;
    current = connection;
    mediaOnCurrent = true;
    flows = false;
    connection.watch();
  }

  private boolean plays(CameraConnection connection, long now) {
    if (!mediaOnCurrent) {
      mediaOnCurrent = true;
      record.connected();
      connection.reading(autoRead);
    }
    flows = true;
    lastMedia = now;
    events.playing(connection, now);
    return connection == current;
  }

  @Override
  public void rtcp(CameraConnection connection, int track, ByteBuf packet, long now) {
    if (connection != current) {
      return;
    }
    try {
      List<RtcpPacket> compound = RtcpPacket.parseAll(packet.nioBuffer());
      listener.rtcp(record.control(track, compound, now), packet);
      leaveWhenAllLeft(connection, compound);
    } catch (RtspFormatException e) {
      // What cannot be read says nothing; media goes on without it.
    }
  }

  /** RFC 3550 section 6.6: the last source that says goodbye ends the media. */
  private void leaveWhenAllLeft(CameraConnection connection, List<RtcpPacket> compound) {
    for (RtcpPacket packet : compound) {
      if (packet instanceof RtcpPacket.Goodbye goodbye
          && connection == current
          && record.haveAllLeft()) {
        String why = goodbye.reason().isEmpty() ? "" : ": " + Excerpt.of(goodbye.reason());
        connection.leave(
            new Ending(Ending.Kind.ENDED_BY_CAMERA, "RTCP BYE from every source" + why));
        return;
      }
    }
  }

  @Override
  public byte @Nullable [] report(CameraConnection connection, int track, long now) {
    return connection == current ? reports.of(record.report(track, now)) : null;
  }

  @Override
  public void stalled(CameraConnection connection) {
    if (connection == current) {
      flows = false;
      events.stalled(connection.remote() + " answers, but sends no media");
    }
  }

  @Override
  public void silent(CameraConnection connection, Ending ending) {
    if (connection != current) {
      return;
    }
    if (events.keeps(connection)) {
      silent = connection;
      current = null;
      events.dropped(connection, ending, mediaOnCurrent);
    } else if (ending.kind() == Ending.Kind.STALLED) {
      connection.leave(ending);
    } else {
      connection.abandon(ending);
    }
  }

  @Override
  public void ended(CameraConnection connection, Ending ending) {
    open.remove(connection);
    if (connection == silent) {
      silent = null;
      events.ended(connection, ending, true);
    } else if (connection == current) {
      current = null;
      events.ended(connection, ending, mediaOnCurrent);
      events.dropped(connection, ending, mediaOnCurrent);
    }
    if (open.isEmpty()) {
      events.allClosed();
    }
  }
}
