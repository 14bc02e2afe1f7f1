package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.dialogue.server.ServedSession.SetUp;
import dev.photofinish.rtsp.dialogue.server.ServedSession.State;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspRequest;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers PLAY, PAUSE and TEARDOWN of a session (RFC 2326 sections 10.5 to 10.7). */
final class Playing {
  /** RFC 2326 section 3.6: "now" is "the current instant of a live event". */
  private static final String LIVE = "npt=now-";

  private final ServerContext context;
  private final Sessions sessions;

  Playing(ServerContext context, Sessions sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  /** A stream is live whatever range is asked for. PLAY of what plays begins nothing again. */
  void play(Exchange exchange, @Nullable StreamUrl url, ServedSession session, long now) {
    if (isRefused(exchange, url, session)) {
      return;
    }
    if (session.is(State.PLAYING)) {
      exchange.answer(Status.OK, played(exchange.request()));
    } else {
      boolean resumed = session.is(State.PAUSED);
      context.ask(
          new Start(context, exchange, session),
          ticket -> new ServerCommand.PreparePlay(ticket, session.id(), resumed),
          now);
    }
  }

  void pause(Exchange exchange, @Nullable StreamUrl url, ServedSession session) {
    if (isRefused(exchange, url, session)) {
      return;
    }
    if (session.is(State.PLAYING)) {
      session.become(State.PAUSED);
      context.command(new ServerCommand.Pause(session.id()));
      exchange.answer(Status.OK);
    } else {
      exchange.notNow(session);
    }
  }

  /** The whole session, or one track of it; the last track takes the session with it. */
  void tearDown(Exchange exchange, @Nullable StreamUrl url, ServedSession session) {
    OptionalInt track = track(url);
    if (track.isPresent() && !session.tracks().containsKey(track.getAsInt())) {
      exchange.answer(Status.NOT_FOUND);
    } else if (track.isPresent() && session.tracks().size() > 1) {
      session.tracks().remove(track.getAsInt());
      context.command(new ServerCommand.CloseTransport(session.id(), track.getAsInt()));
      exchange.answer(Status.OK);
    } else {
      exchange.of(null);
      sessions.close(session, "the reader sent TEARDOWN");
      exchange.answer(Status.OK);
    }
  }

  /** RFC 2326 section 11.3.11: a session of one track takes that track's URL for its own. */
  private static boolean isRefused(
      Exchange exchange, @Nullable StreamUrl url, ServedSession session) {
    OptionalInt track = track(url);
    if (track.isEmpty()) {
      return false;
    }
    boolean setUp = session.tracks().containsKey(track.getAsInt());
    if (setUp && session.tracks().size() == 1) {
      return false;
    }
    exchange.answer(setUp ? Status.ONLY_AGGREGATE_ALLOWED : Status.NOT_FOUND);
    return true;
  }

  /** The index of the track that the URL names; empty for the whole. */
  private static OptionalInt track(@Nullable StreamUrl url) {
    return url == null || url.track().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(url.track().getAsInt() - 1);
  }

  /** RFC 2326 sections 12.34 and 12.35: the server says which scale and speed it took. */
  private static Headers played(RtspRequest request) {
    Headers headers = Headers.of(HeaderNames.RANGE, LIVE);
    for (String name : List.of(HeaderNames.SCALE, HeaderNames.SPEED)) {
      headers = request.headers().has(name) ? headers.plus(name, "1.0") : headers;
    }
    return headers;
  }

  private record Start(ServerContext context, Exchange exchange, ServedSession session)
      implements Wait.ForPlay {
    @Override
    public void prepared(List<TrackStart> starts, long now) {
      Headers headers = played(exchange.request());
      String info =
          starts.stream()
              .filter(start -> session.tracks().containsKey(start.track()))
              .map(this::info)
              .collect(Collectors.joining(","));
      exchange.answer(
          Status.OK, info.isEmpty() ? headers : headers.plus(HeaderNames.RTP_INFO, info));
      session.become(State.PLAYING);
      context.command(new ServerCommand.Play(session.id()));
    }

    /** RFC 2326 section 12.33, with the URL that the reader's SETUP went to. */
    private String info(TrackStart start) {
      SetUp track = Objects.requireNonNull(session.tracks().get(start.track()));
      return new RtpInfo(track.url(), start.sequence(), start.rtpTime(), OptionalLong.empty())
          .toString();
    }

    @Override
    public void refused(Refusal refusal, long now) {
      exchange.answer(refusal);
    }
  }
}
