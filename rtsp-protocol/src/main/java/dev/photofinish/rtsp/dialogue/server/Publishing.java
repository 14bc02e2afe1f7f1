package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.dialogue.server.ServedSession.State;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers those who send a stream: ANNOUNCE and RECORD (RFC 2326 sections 10.3 and 10.11), and the
 * SETUP, PAUSE and TEARDOWN of their sessions.
 *
 * <p>A connection has one announcement at a time, which the SETUPs that follow are of. They need no
 * login of their own: who has announced on this connection has logged in. A publisher that pauses
 * gives its place to others until its next RECORD.
 */
final class Publishing {
  private static final String SDP = "application/sdp";

  private final ServerContext context;
  private final Sessions sessions;
  private final Admission admission;
  private final SettingUp setup;
  private @Nullable Announcement announced;

  Publishing(ServerContext context, Sessions sessions, Admission admission, SettingUp setup) {
    this.context = context;
    this.sessions = sessions;
    this.admission = admission;
    this.setup = setup;
  }

  // ---- ANNOUNCE

  /** RFC 2326 section 10.3. What is published already is not described again. */
  void announce(Exchange exchange, StreamUrl url, long now) {
    Optional<StreamRequest> admitted = admission.admit(exchange, url, Purpose.PUBLISH, now);
    if (admitted.isEmpty()) {
      return;
    }
    Optional<ServedSession> open =
        sessions.all().stream().filter(ServedSession::isPublishing).findFirst();
    if (open.isPresent()) {
      exchange.notNow(open.get());
    } else if (!isSdp(exchange.request())) {
      exchange.answer(Status.UNSUPPORTED_MEDIA_TYPE);
    } else {
      describe(exchange, admitted.get(), url, now);
    }
  }

  private void describe(Exchange exchange, StreamRequest request, StreamUrl url, long now) {
    String wrong;
    try {
      SessionDescription sdp = SessionDescription.parse(exchange.request().body().text());
      wrong = problem(sdp);
      if (wrong.isEmpty()) {
        ServedStream stream = new ServedStream(sdp.name(), sdp.media());
        ask(exchange, new Announcement(request, url, stream), now);
        return;
      }
    } catch (RtspFormatException e) {
      wrong = String.valueOf(e.getMessage());
    }
    exchange.answer(new Refusal(Status.BAD_REQUEST.code(), "Bad Request: " + wrong));
  }

  /** Why it cannot be served whole; empty if it can. */
  private static String problem(SessionDescription sdp) {
    if (!sdp.leftOut().isEmpty()) {
      return sdp.leftOut().get(0);
    }
    int media = sdp.media().size();
    return media > ServedStream.MOST_TRACKS
        ? "SDP: saw " + media + " media, expected at most " + ServedStream.MOST_TRACKS
        : "";
  }

  /** Some publishers do not say what they send. */
  private static boolean isSdp(RtspRequest request) {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse(SDP);
    return type.toLowerCase(Locale.ROOT).strip().startsWith(SDP);
  }

  private void ask(Exchange exchange, Announcement announcement, long now) {
    announced = null;
    context.ask(
        new Announcing(this, exchange, announcement),
        ticket -> new ServerCommand.Announce(ticket, announcement.request(), announcement.stream()),
        now);
  }

  private record Announcing(Publishing publishing, Exchange exchange, Announcement announcement)
      implements Wait.ForAnnouncement {
    @Override
    public void announced(long now) {
      publishing.announced = announcement;
      exchange.answer(Status.OK);
    }

    @Override
    public void refused(Refusal refusal, long now) {
      exchange.answer(refusal);
    }
  }

  // ---- SETUP

  /** Whether a SETUP without a session is one for recording. */
  boolean isMeant(RtspRequest request, StreamUrl url) {
    Offers.Mode mode = Offers.mode(request);
    boolean covered = announced != null && announced.covers(url);
    return mode == Offers.Mode.RECORD || (mode == Offers.Mode.UNSAID && covered);
  }

  /** A SETUP without a session: it begins one. */
  void begin(Exchange exchange, StreamUrl url, long now) {
    Announcement of = announced;
    if (of == null || !of.covers(url)) {
      exchange.answer(Status.NOT_VALID_IN_THIS_STATE);
    } else if (sessions.isFull()) {
      exchange.answer(Status.NOT_ENOUGH_BANDWIDTH);
    } else {
      setup.setUp(exchange, url, new ServedSession(context.drawId(), of, now), now);
    }
  }

  // ---- In a session

  void inSession(Exchange exchange, @Nullable StreamUrl url, ServedSession session, long now) {
    switch (exchange.request().method().name()) {
      case "RECORD" -> record(exchange, session, now);
      case "PAUSE" -> pause(exchange, session);
      case "TEARDOWN" -> tearDown(exchange, session);
      case "SETUP" -> {
        if (url == null) {
          exchange.answer(Status.BAD_REQUEST);
        } else {
          setup.add(exchange, url, session, now);
        }
      }
      default -> exchange.notNow(session);
    }
  }

  /** RFC 2326 section 10.11. RECORD of what is recorded begins nothing again. */
  private void record(Exchange exchange, ServedSession session, long now) {
    if (session.is(State.RECORDING)) {
      exchange.answer(Status.OK);
    } else {
      context.ask(
          new Start(context, exchange, session),
          ticket -> new ServerCommand.PrepareRecord(ticket, session.id()),
          now);
    }
  }

  private void pause(Exchange exchange, ServedSession session) {
    if (session.is(State.RECORDING)) {
      session.become(State.READY);
      context.command(new ServerCommand.Pause(session.id()));
      exchange.answer(Status.OK);
    } else {
      exchange.notNow(session);
    }
  }

  /** Of a track too it ends the whole: readers are not served a part of what was announced. */
  private void tearDown(Exchange exchange, ServedSession session) {
    exchange.of(null);
    sessions.close(session, "the publisher sent TEARDOWN");
    exchange.answer(Status.OK);
  }

  private record Start(ServerContext context, Exchange exchange, ServedSession session)
      implements Wait.ForRecord {
    @Override
    public void prepared(long now) {
      exchange.answer(Status.OK);
      session.become(State.RECORDING);
      context.command(new ServerCommand.Recording(session.id()));
    }

    @Override
    public void refused(Refusal refusal, long now) {
      exchange.answer(refusal);
    }
  }
}
