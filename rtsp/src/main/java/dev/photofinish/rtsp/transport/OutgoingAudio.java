package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.util.concurrent.Ticker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one connection's back channel: what the camera takes, whether it takes it
 * now, and the way there. Used on the connection's event loop.
 */
public final class OutgoingAudio {
  /** The clock of audio whose description does not say: that of G.711 (RFC 3551). */
  private static final int USUAL_CLOCK = 8000;

  /** The back channel's place among the tracks of a session, and its way. */
  private record Line(Track track, int number, MediaTransport transport) {
    MediaFormat format() {
      return track.outgoing().orElseThrow();
    }

    boolean isFramed() {
      return track.transport() instanceof TrackTransport.Interleaved;
    }
  }

  private final ConnectionContext context;
  private final SecuredSender secured;
  private final AudioSource source;
  private final Ticker clock;
  private @Nullable Line line;
  private String missing = "";
  private boolean playing;

  /**
   * @param secured shared with our reports, whose source is the same
   */
  OutgoingAudio(
      ConnectionContext context, SecuredSender secured, AudioSource source, Ticker clock) {
    this.context = context;
    this.secured = secured;
    this.source = source;
    this.clock = clock;
  }

  // ---- For the connection

  /** The session that is being set up has none. */
  void missing(String why) {
    missing = why;
  }

  /** A session is set up; the back channel, if it has one, is the last of its tracks. */
  void assign(Optional<Track> track, int number, MediaTransport transport) {
    line = track.map(t -> new Line(t, number, transport)).orElse(null);
    if (line != null) {
      missing = "";
      source.clockRate(line.format().clockRate().orElse(USUAL_CLOCK));
    }
  }

  /** All plays, or does not any more. */
  void playing(boolean now) {
    playing = now;
  }

  /** Reports on what was sent since the last report. */
  void report(long now) {
    byte @Nullable [] report = source.report(now);
    if (line != null && report != null) {
      report(line, report);
    }
  }

  private void report(Line to, byte[] compound) {
    to.transport().report(to.number(), secured.rtcp(to.track(), compound));
  }

  // ---- For the owner

  /** What the camera takes; empty before PLAY was sent, and where it takes nothing. */
  public Optional<MediaFormat> format() {
    return Optional.ofNullable(line).map(Line::format);
  }

  /** Why the session has none; human-readable, empty if it has one or none was asked for. */
  public String missing() {
    return missing;
  }

  /** Whether audio can be sent now: all plays, and the camera reads what it was sent before. */
  public boolean isReady() {
    return line != null
        && playing
        && !context.isOver()
        && (!line.isFramed() || context.channel().isWritable());
  }

  /** Sends audio of {@code samples}, if it {@link #isReady}. */
  public void send(byte[] payload, int samples) {
    Line to = line;
    if (to == null || !isReady()) {
      return;
    }
    long now = clock.nanoTime();
    if (source.isNew()) {
      report(to, source.firstReport(now));
    }
    byte[] packet = source.packet(to.format().payloadType(), payload, samples, now);
    to.transport().send(to.number(), secured.rtp(to.track(), packet));
  }
}
