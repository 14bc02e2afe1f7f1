package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers SETUP (RFC 2326 section 10.4). The transports that the reader offers are tried in its
 * order.
 *
 * <p>A second SETUP of a track replaces its transport; while the session plays, SETUP is 455. A
 * stream of one track takes the SETUP of its own URL too.
 */
final class SettingUp {
  private final ServerContext context;
  private final Sessions sessions;
  private final Admission admission;
  private final Streams streams;

  SettingUp(ServerContext context, Sessions sessions, Admission admission, Streams streams) {
    this.context = context;
    this.sessions = sessions;
    this.admission = admission;
    this.streams = streams;
  }

  /** A SETUP without a session: it begins one. */
  void begin(Exchange exchange, StreamUrl url, long now) {
    Optional<StreamRequest> admitted = admission.admit(exchange, url, Purpose.READ, now);
    if (admitted.isEmpty()) {
      return;
    }
    if (sessions.isFull()) {
      exchange.answer(Status.NOT_ENOUGH_BANDWIDTH);
      return;
    }
    StreamRequest request = admitted.get();
    streams.find(
        exchange,
        request,
        (stream, then) -> {
          String id = context.drawId();
          setUp(exchange, url, new ServedSession(id, request, stream, url.aggregate(), then), then);
        },
        now);
  }

  /** A SETUP in a session: one more track, or another transport for one. */
  void add(Exchange exchange, StreamUrl url, ServedSession session, long now) {
    if (session.isRunning()) {
      exchange.notNow(session);
    } else {
      setUp(exchange, url, session, now);
    }
  }

  /** A SETUP of a track in a session that may not have begun. */
  void setUp(Exchange exchange, StreamUrl url, ServedSession session, long now) {
    int track = session.track(url);
    if (track < 0) {
      boolean whole = url.track().isEmpty() && url.name().equals(session.request().name());
      exchange.answer(whole ? Status.AGGREGATE_NOT_ALLOWED : Status.NOT_FOUND);
      return;
    }
    if (!exchange.request().headers().has(HeaderNames.TRANSPORT)) {
      exchange.answer(Status.BAD_REQUEST);
      return;
    }
    if (admission.revoked(session).isPresent()) {
      exchange.answer(Status.FORBIDDEN); // while the stream was looked up, or since ANNOUNCE
      return;
    }
    boolean talks = session.isBackChannel(track);
    if (talks && !mayTalk(exchange, session, now)) {
      return;
    }
    Optional<ServedKeys> keys = session.stream().keys(track);
    List<TransportHeader> offers =
        offers(exchange, session.isPublishing(), talks, keys.isPresent());
    if (offers.isEmpty()) {
      exchange.answer(Status.UNSUPPORTED_TRANSPORT);
      return;
    }
    UnaryOperator<TransportOffer> secure;
    try {
      secure = secured(exchange, keys);
    } catch (RtspFormatException e) {
      exchange.answer(Status.KEY_MANAGEMENT_FAILURE);
      return;
    }
    if (session.tracks().remove(track) != null) {
      context.command(new ServerCommand.CloseTransport(session.id(), track));
    }
    if (!sessions.has(session)) {
      sessions.add(session);
    }
    new Attempt(exchange, url, session, track, new ArrayDeque<>(offers), secure).next(now);
  }

  /** RFC 4567 section 4: a reader may say another key for what it sends, as GStreamer's does. */
  private static UnaryOperator<TransportOffer> secured(
      Exchange exchange, Optional<ServedKeys> served) throws RtspFormatException {
    if (served.isEmpty()) {
      return UnaryOperator.identity();
    }
    ServedKeys keys = served.get();
    Optional<String> said = exchange.request().headers().first(HeaderNames.KEY_MGMT);
    MediaKeys agreed = keys.keys().answered(said);
    return way -> new TransportOffer.Secured(way, keys, agreed);
  }

  /** Who logged in to read is known; where anyone may read, the login comes with this SETUP. */
  private boolean mayTalk(Exchange exchange, ServedSession session, long now) {
    Admission.Talker talker = admission.talk(exchange, session.request(), now);
    Admission.Right right = talker.right();
    talker.user().ifPresent(session::isOf);
    if (right == Admission.Right.DENIED) {
      exchange.answer(Status.FORBIDDEN);
    }
    return right == Admission.Right.GRANTED;
  }

  private static List<TransportHeader> offers(
      Exchange exchange, boolean publishing, boolean talks, boolean secured) {
    try {
      return Offers.read(exchange.request(), publishing, publishing || talks, secured);
    } catch (RtspFormatException e) {
      return List.of();
    }
  }

  /** One SETUP, through the transports that it offers. */
  private final class Attempt implements Wait.ForTransport {
    private final Exchange exchange;
    private final StreamUrl url;
    private final ServedSession session;
    private final int track;
    private final Queue<TransportHeader> offers;
    private final UnaryOperator<TransportOffer> secure;
    private @Nullable TransportHeader asked;
    private @Nullable TransportOffer made;
    private Refusal reason = Status.UNSUPPORTED_TRANSPORT.refusal();

    Attempt(
        Exchange exchange,
        StreamUrl url,
        ServedSession session,
        int track,
        Queue<TransportHeader> offers,
        UnaryOperator<TransportOffer> secure) {
      this.exchange = exchange;
      this.url = url;
      this.session = session;
      this.track = track;
      this.offers = offers;
      this.secure = secure;
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public ServedSession session() {
      return session;
    }

    void next(long now) {
      TransportHeader next = offers.poll();
      if (next == null) {
        failed();
        return;
      }
      TransportOffer offer = secure.apply(Offers.offer(next, sessions));
      asked = next;
      made = offer;
      context.ask(this, ticket -> open(ticket, offer), now);
    }

    private ServerCommand open(long ticket, TransportOffer offer) {
      StreamRequest of = session.request();
      if (session.isPublishing()) {
        return new ServerCommand.OpenInput(ticket, session.id(), of, track, offer);
      }
      return session.isBackChannel(track)
          ? new ServerCommand.OpenBackChannel(ticket, session.id(), of, track, offer)
          : new ServerCommand.OpenTransport(ticket, session.id(), of, track, offer);
    }

    /** A limit says more to the reader than that a way is not served. */
    @Override
    public void refused(Refusal refusal, long now) {
      if (reason.status() == Status.UNSUPPORTED_TRANSPORT.code()) {
        reason = refusal;
      }
      next(now);
    }

    private void failed() {
      if (session.tracks().isEmpty()) {
        sessions.close(session, "no transport was opened");
        exchange.of(null);
      }
      exchange.answer(reason);
    }

    @Override
    public void opened(ServedTransport transport, long now) {
      if (asked == null || made == null) {
        throw new IllegalStateException("No transport was asked for");
      }
      TransportHeader answer = TransportAnswer.of(asked, made, transport);
      session
          .tracks()
          .put(track, new ServedSession.SetUp(url.url().toString(), answer.interleaved()));
      session.used(now);
      var id = new SessionHeader(session.id(), Optional.of(context.settings().sessionTimeout()));
      Headers headers =
          Headers.of(HeaderNames.SESSION, id.toString(), HeaderNames.TRANSPORT, answer.toString());
      exchange.answer(Status.OK, headers);
    }
  }
}
