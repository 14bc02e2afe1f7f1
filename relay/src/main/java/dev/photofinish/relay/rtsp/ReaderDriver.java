package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.LimitedCounts;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.relay.source.TrackStart;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.server.Refusal;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerCommand;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.dialogue.server.StreamRequest;
import dev.photofinish.rtsp.dialogue.server.TransportOffer;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Does what the dialogue of a connection wants: finds sources, opens transports, plays. What
 * publishers want is done by {@link Publishers}.
 */
final class ReaderDriver implements ServerCommand.Driver, ReaderSession.Owner {
  private static final int LONGEST_AGENT = 80;

  private final ServerContext context;
  private final ReaderConnection connection;
  private final TransportOpener transports;
  private final OpenTicket ticket;
  private final Publishers publishers;

  /** The dialogue bounds them. */
  private final Map<String, ReaderSession> sessions = new HashMap<>();

  private String agent = "";

  ReaderDriver(ServerContext context, ReaderConnection connection, TransportOpener transports) {
    this.context = context;
    this.connection = connection;
    this.transports = transports;
    this.ticket = new OpenTicket(connection);
    this.publishers = new Publishers(context, connection, transports, ticket);
  }

  /** Notes what the reader says of itself. */
  void agent(RtspMessage request) {
    if (agent.isEmpty()) {
      String said = request.headers().first(HeaderNames.USER_AGENT).orElse("");
      agent = Excerpt.show(said.substring(0, Math.min(said.length(), LONGEST_AGENT)));
    }
  }

  @Override
  public void send(RtspMessage message) {
    connection.send(message);
  }

  @Override
  public void describe(long ticket, StreamRequest stream) {
    this.ticket.ask(
        ticket,
        describe(stream).thenApply(found -> Described.stream(stream.name(), found.tracks)),
        (served, ignored) -> connection.event(new ServerEvent.Described(ticket, served)),
        refusal -> connection.event(new ServerEvent.DescribeRefused(ticket, refusal)));
  }

  private record Found(Source source, List<SourceTrack> tracks) {}

  private CompletableFuture<Found> describe(StreamRequest stream) {
    Optional<Source> source = context.sources().find(stream.name());
    return source.isEmpty()
        ? CompletableFuture.failedFuture(new RefusedException(404, ""))
        : source
            .get()
            .describe()
            .thenApply(tracks -> new Found(source.get(), tracks))
            .toCompletableFuture();
  }

  @Override
  public void openTransport(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer) {
    this.ticket.ask(
        ticket,
        describe(stream),
        (found, late) -> {
          if (!late) {
            open(ticket, session, found, track, offer);
          }
        },
        refusal -> connection.event(new ServerEvent.TransportRefused(ticket, refusal)));
  }

  private void open(long ticket, String id, Found found, int track, TransportOffer offer) {
    ReaderSession session = sessions.get(id);
    if (session == null) {
      session = begin(id, found.source);
    }
    if (session == null) {
      connection.event(new ServerEvent.TransportRefused(ticket, new Refusal(453, "")));
      return;
    }
    ReaderSession of = session;
    String name = found.source.name();
    this.ticket.ask(
        ticket,
        transports.open(
            of, found.tracks, track, offer, reason -> connection.onLoop(() -> ended(name, reason))),
        (opened, late) -> {
          if (late || sessions.get(id) != of) {
            opened.output().close();
          } else {
            long ssrc = found.tracks.get(track).ssrc();
            of.open(track, opened.output(), opened.name(), ssrc);
            this.ticket.undoBy(() -> closeTransport(id, track));
            connection.event(new ServerEvent.TransportOpened(ticket, opened.answer()));
          }
        },
        refusal -> connection.event(new ServerEvent.TransportRefused(ticket, refusal)));
  }

  /** A session with a place among the readers; null if none is free. */
  private @Nullable ReaderSession begin(String id, Source source) {
    if (context.readers().enter(source.name()) != LimitedCounts.Entry.ENTERED) {
      context
          .log()
          .say(
              CountedLog.Kind.READER_LIMIT,
              () ->
                  connection.remote()
                      + " is refused, since "
                      + source.name()
                      + " or the server has as many readers as it may");
      return null;
    }
    var session =
        new ReaderSession(
            context, connection.channel().eventLoop(), source, connection.remote(), agent, this);
    sessions.put(id, session);
    return session;
  }

  @Override
  public void closeTransport(String session, int track) {
    ReaderSession of = sessions.get(session);
    if (of != null) {
      of.close(track);
    } else {
      publishers.closeInput(session, track);
    }
  }

  @Override
  public void preparePlay(long ticket, String session, boolean resumed) {
    this.ticket.open(ticket);
    ReaderSession of = sessions.get(session);
    if (of == null) {
      connection.event(new ServerEvent.PlayRefused(ticket, new Refusal(454, "")));
    } else {
      this.ticket.undoBy(() -> of.cancel(ticket));
      of.prepare(ticket);
    }
  }

  @Override
  public void prepared(long ticket, List<TrackStart> starts) {
    connection.event(Described.prepared(ticket, starts));
  }

  @Override
  public void play(String session) {
    ReaderSession of = sessions.get(session);
    if (of != null) {
      of.play();
    }
  }

  @Override
  public void pause(String session) {
    ReaderSession of = sessions.get(session);
    if (of != null) {
      of.pause();
    } else {
      publishers.pause(session);
    }
  }

  @Override
  public void cancel(long ticket) {
    this.ticket.cancel(ticket);
  }

  @Override
  public void closeSession(String session, String reason) {
    ReaderSession of = sessions.remove(session);
    if (of != null) {
      of.end(reason);
      context.readers().leave(of.source().name());
    } else {
      publishers.end(session, reason);
    }
  }

  // ---- Publishers

  /** Takes a frame of the connection; it stays the caller's. */
  void frame(InterleavedFrame frame) {
    publishers.frame(frame);
  }

  @Override
  public void announce(long ticket, StreamRequest stream, ServedStream description) {
    publishers.announce(ticket, stream, description);
  }

  @Override
  public void openInput(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer) {
    publishers.open(ticket, session, track, offer, agent);
  }

  @Override
  public void prepareRecord(long ticket, String session) {
    publishers.prepare(ticket, session);
  }

  @Override
  public void record(String session) {
    publishers.record(session);
  }

  // ---- The connection

  @Override
  public void loginRefused(String stream) {
    context.failedLogin(connection.channel());
    context
        .log()
        .say(
            CountedLog.Kind.LOGIN,
            () -> connection.remote() + " failed to log in for " + Excerpt.of(stream));
  }

  @Override
  public void closeConnection(String reason) {
    connection.close(reason);
  }

  @Override
  public void ended(String stream, String reason) {
    connection.event(new ServerEvent.StreamEnded(stream, reason));
  }

  /** The connection is over: what is left of its sessions ends. */
  void close(String reason) {
    ticket.close();
    List.copyOf(sessions.keySet()).forEach(session -> closeSession(session, reason));
    publishers.close(reason);
  }
}
