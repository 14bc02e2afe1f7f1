package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one RTSP connection, from the client's first request to its last (RFC 2326):
 * a pure machine without clock or channel.
 *
 * <p>Each request has one answer, in the order of the requests, up to the end of the connection. A
 * request that its driver takes time for holds up those behind it, of which no more than {@link
 * ServerSettings#pendingRequests} wait. Requests without CSeq are answered 400, those that name an
 * unknown session 454.
 *
 * <p>A session begins with its first {@link ServerCommand.OpenTransport} and ends, once, with
 * {@link ServerCommand.CloseSession}; or with {@link ServerCommand.CloseConnection} or {@link
 * ServerEvent.Closed}, before which it is said too. Sessions end with their connection, those over
 * UDP too, so that a reader that went away keeps no camera up. A session over UDP that shows no
 * sign of life is closed, one that is interleaved with its connection.
 *
 * <p>What holds for all requests is {@link Router}'s, who may read is {@link Admission}'s; the
 * methods are answered by {@link Streams}, {@link SettingUp}, {@link Playing} and {@link
 * Publishing}.
 *
 * <p>A driver hands in one event, runs the commands until there is none, and comes back with a
 * {@link ServerEvent.Tick} at the {@link #deadline}. Times are nanoseconds of its clock, compared
 * by subtraction.
 */
public final class ServerDialogue {
  private static final Optional<String> KEPT = Optional.empty();

  private final ServerContext context;
  private final Admission admission;
  private final Sessions sessions;
  private final Streams streams;
  private final RequestQueue queue;
  private final Ending ending;
  private final Events events = new Events();

  private long lastUsed;

  /**
   * @param encrypted whether the connection is TLS, so that Basic may be asked for
   * @param random draws nonces and session ids: a {@code SecureRandom}, but in tests
   * @param now when the connection was accepted
   */
  public ServerDialogue(
      ServerSettings settings, boolean encrypted, Access access, RandomGenerator random, long now) {
    this.context = new ServerContext(settings, random);
    this.sessions = new Sessions(context);
    this.admission = new Admission(context, access, encrypted);
    this.streams = new Streams(context, admission);
    var setup = new SettingUp(context, sessions, admission, streams);
    var publishing = new Publishing(context, sessions, admission, setup);
    var router = new Router(sessions, streams, setup, new Playing(context, sessions), publishing);
    this.queue = new RequestQueue(context, admission, router);
    this.ending = new Ending(context, sessions, queue);
    this.lastUsed = now;
  }

  /** What happened at {@code now}; after the end, nothing does. */
  public void handle(ServerEvent event, long now) {
    if (!context.isOver()) {
      event.deliver(events, now);
    }
  }

  /** The next command; null when there is none until the next event. */
  public @Nullable ServerCommand poll() {
    return context.poll();
  }

  /** Whether the connection is over: no command follows those that wait. */
  public boolean isOver() {
    return context.isOver();
  }

  /** When to come back with a {@link ServerEvent.Tick}; empty when all is over. */
  public OptionalLong deadline() {
    if (context.isOver()) {
      return OptionalLong.empty();
    }
    OptionalLong session = sessions.deadline();
    Ticket ticket = context.ticket();
    if (ticket == null) {
      return session.isPresent() ? session : OptionalLong.of(idleUntil());
    }
    boolean sessionIsFirst = session.isPresent() && session.getAsLong() - ticket.due() < 0;
    return sessionIsFirst ? session : OptionalLong.of(ticket.due());
  }

  private long idleUntil() {
    return lastUsed + context.settings().idleTimeout().toNanos();
  }

  private final class Events implements ServerEvent.Handler {
    @Override
    public void received(RtspMessage message, long now) {
      if (queue.isEnded()) {
        return;
      }
      lastUsed = now;
      sessions.used(message, now);
      if (message instanceof RtspRequest request) {
        queue.add(request);
        work(now);
      }
      if (!context.isOver() && queue.isTooLong()) {
        int most = context.settings().pendingRequests();
        ending.close("more than " + most + " requests wait for their answers");
      }
    }

    @Override
    public void malformed(String reason, OptionalInt cseq, long now) {
      if (!queue.isEnded()) {
        queue.end(new ServerEvent.Malformed(reason, cseq));
        work(now);
      }
    }

    @Override
    public void described(long ticket, ServedStream stream, long now) {
      granted(ticket, Wait.ForStream.class, wait -> wait.described(stream, now), now);
    }

    @Override
    public void describeRefused(long ticket, Refusal refusal, long now) {
      refused(context.take(ticket, Wait.ForStream.class), refusal, now);
    }

    @Override
    public void transportOpened(long ticket, ServedTransport transport, long now) {
      granted(ticket, Wait.ForTransport.class, wait -> wait.opened(transport, now), now);
    }

    @Override
    public void transportRefused(long ticket, Refusal refusal, long now) {
      refused(context.take(ticket, Wait.ForTransport.class), refusal, now);
    }

    @Override
    public void playPrepared(long ticket, List<TrackStart> starts, long now) {
      granted(ticket, Wait.ForPlay.class, wait -> wait.prepared(starts, now), now);
    }

    @Override
    public void playRefused(long ticket, Refusal refusal, long now) {
      refused(context.take(ticket, Wait.ForPlay.class), refusal, now);
    }

    @Override
    public void announced(long ticket, long now) {
      granted(ticket, Wait.ForAnnouncement.class, wait -> wait.announced(now), now);
    }

    @Override
    public void announceRefused(long ticket, Refusal refusal, long now) {
      refused(context.take(ticket, Wait.ForAnnouncement.class), refusal, now);
    }

    @Override
    public void recordPrepared(long ticket, long now) {
      granted(ticket, Wait.ForRecord.class, wait -> wait.prepared(now), now);
    }

    @Override
    public void recordRefused(long ticket, Refusal refusal, long now) {
      refused(context.take(ticket, Wait.ForRecord.class), refusal, now);
    }

    @Override
    public void signOfLife(long now) {
      sessions.allUsed(now);
    }

    @Override
    public void streamEnded(String stream, String reason, long now) {
      streams.forget(stream);
      ending.end(session -> session.request().name().equals(stream) ? Optional.of(reason) : KEPT);
      work(now);
    }

    @Override
    public void accessChanged(long now) {
      ending.end(session -> admission.revoked(session).map(Purpose::revoked));
      work(now);
    }

    @Override
    public void shutDown(String reason, long now) {
      ending.endAll(reason);
    }

    @Override
    public void closed(long now) {
      context.cancel();
      sessions.closeAll("the client closed the connection");
      context.end();
    }

    @Override
    public void tick(long now) {
      Ticket ticket = context.ticket();
      if (ticket != null && now - ticket.due() >= 0) {
        refused(context.cancel(), Status.GATEWAY_TIMEOUT.refusal(), now);
      }
      if (!context.isOver()) {
        expire(now);
      }
    }
  }

  // ---- The queue

  private void work(long now) {
    String reason = context.isOver() ? null : queue.work(now);
    if (reason != null) {
      ending.close(reason);
    }
  }

  /** The driver has answered. */
  private void goOn(long now) {
    lastUsed = now;
    work(now);
  }

  private <W extends Wait> void granted(long ticket, Class<W> kind, Consumer<W> answer, long now) {
    W wait = context.take(ticket, kind);
    if (wait != null) {
      answer.accept(wait);
      goOn(now);
    }
  }

  private void refused(@Nullable Wait wait, Refusal refusal, long now) {
    if (wait != null) {
      wait.refused(refusal, now);
      goOn(now);
    }
  }

  // ---- The end

  /** RFC 2326 section 12.37: a session without a request within its timeout is over. */
  private void expire(long now) {
    long seconds = context.settings().sessionTimeout().toSeconds();
    String reason = "the client showed no sign of life for " + seconds + " s";
    for (ServedSession session : sessions.expired(now)) {
      if (session.isInterleaved()) {
        ending.close(reason);
        return;
      }
      ending.refuseWaitOf(session, reason);
      sessions.close(session, reason);
      lastUsed = now;
    }
    work(now);
    boolean idle = sessions.isEmpty() && context.ticket() == null && now - idleUntil() >= 0;
    if (idle && !context.isOver()) {
      ending.close("no request for " + context.settings().idleTimeout().toSeconds() + " s");
    }
  }
}
