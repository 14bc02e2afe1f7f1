package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.TalkPoint;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what the dialogue of a connection wants: finds sources, opens transports, plays. What
 * publishers want is done by {@link Publishers}, what readers send by {@link BackChannels}.
 */
final class ReaderDriver implements ServerCommand.Driver, ReaderSession.Owner {
  private static final int LONGEST_AGENT = 80;

  private final ServerContext context;
  private final ClientConnection connection;
  private final TransportOpener transports;
  private final OpenTicket ticket;
  private final Publishers publishers;
  private final BackChannels backChannels;

  /** The dialogue bounds them. */
  private final Map<String, ReaderSession> sessions = new HashMap<>();

  private String agent = "";

  /** What was described last, and SETUP follows. */
  private @Nullable FoundSource described;

  ReaderDriver(ServerContext context, ClientConnection connection, TransportOpener transports) {
    this.context = context;
    this.connection = connection;
    this.transports = transports;
    this.ticket = new OpenTicket(connection);
    this.publishers = new Publishers(context, connection, transports, ticket);
    this.backChannels = new BackChannels(context, connection);
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
        FoundSource.find(context.sources(), stream.name())
            .thenCompose(found -> found.told(stream, context)),
        (told, ignored) -> {
          described = told.found();
          connection.event(new ServerEvent.Described(ticket, told.stream()));
        },
        refusal -> connection.event(new ServerEvent.DescribeRefused(ticket, refusal)));
  }

  @Override
  public void openTransport(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer) {
    find(ticket, stream, found -> open(ticket, session, found, track, offer));
  }

  /** Goes on with the source of a transport that is to be opened. */
  private void find(long number, StreamRequest stream, Consumer<FoundSource> then) {
    ticket.ask(
        number,
        FoundSource.find(context.sources(), stream.name()),
        (found, late) -> {
          if (!late && described != null && found.isAnother(described)) {
            ended(found.name(), "the camera's media have changed");
          } else if (!late) {
            then.accept(found);
          }
        },
        refusal -> ticket.refuse(number, refusal));
  }

  private void open(long ticket, String id, FoundSource found, int track, TransportOffer offer) {
    ReaderSession of = session(ticket, id, found);
    if (of == null) {
      return;
    }
    this.ticket.setUp(
        ticket,
        transports.open(
            of,
            found.tracks(),
            track,
            offer,
            reason -> connection.onLoop(() -> ended(found.name(), reason))),
        () -> sessions.get(id) == of,
        opened -> of.open(track, opened.way(), opened.name(), found.tracks().get(track).ssrc()),
        () -> closeTransport(id, track));
  }

  @Override
  public void openBackChannel(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer) {
    find(ticket, stream, found -> openBackChannel(ticket, session, found, track, offer));
  }

  private void openBackChannel(
      long ticket, String id, FoundSource found, int track, TransportOffer offer) {
    Optional<TalkPoint> point = found.source().talkPoint();
    if (point.isEmpty()) {
      this.ticket.refuse(ticket, new Refusal(404, "Not Found: the camera takes no audio any more"));
      return;
    }
    ReaderSession of = session(ticket, id, found);
    if (of == null) {
      return;
    }
    this.ticket.setUp(
        ticket,
        transports.openInput(offer),
        () -> sessions.get(id) == of,
        opened -> backChannels.open(id, track, point.get(), opened.way()),
        () -> closeTransport(id, track));
  }

  /** The session with this id, or a new one; null where no place is free, which is said. */
  private @Nullable ReaderSession session(long ticket, String id, FoundSource found) {
    ReaderSession open = sessions.get(id);
    if (open == null && !context.enterReader(found.name(), connection.remote())) {
      this.ticket.refuse(ticket, new Refusal(453, ""));
    } else if (open == null) {
      open =
          new ReaderSession(
              context, connection.channel().eventLoop(), found, connection.remote(), agent, this);
      sessions.put(id, open);
    }
    return open;
  }

  @Override
  public void closeTransport(String session, int track) {
    ReaderSession of = sessions.get(session);
    if (of != null) {
      of.close(track);
      backChannels.close(session, track);
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
      backChannels.play(session);
    }
  }

  @Override
  public void pause(String session) {
    ReaderSession of = sessions.get(session);
    if (of != null) {
      of.pause();
      backChannels.pause(session);
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
      backChannels.end(session);
      of.end(reason);
      context.readers().leave(of.source().name());
    } else {
      publishers.end(session, reason);
    }
  }

  // ---- Publishers

  /** Takes a frame of the connection; it stays the caller's. */
  void frame(InterleavedFrame frame) {
    if (!backChannels.frame(frame) && !isOfReader(frame)) {
      publishers.frame(frame);
    }
  }

  private boolean isOfReader(InterleavedFrame frame) {
    return sessions.values().stream()
        .anyMatch(session -> session.frame(frame.channel(), frame.content()));
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
