package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.PublishPoint;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.dialogue.server.Refusal;
import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.dialogue.server.ServerEvent;
import dev.photofinish.rtsp.dialogue.server.StreamRequest;
import dev.photofinish.rtsp.dialogue.server.TransportOffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Does what the dialogue of a connection wants for those who publish. There is one announcement and
 * one session of it at a time: the dialogue sees to that.
 */
final class Publishers {
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int NO_SESSION = 454;

  private final ServerContext context;
  private final ClientConnection connection;
  private final TransportOpener transports;
  private final OpenTicket tickets;
  private @Nullable Announced announced;
  private @Nullable PublisherSession session;

  private record Announced(String name, PublishPoint point, ServedStream stream) {}

  Publishers(
      ServerContext context,
      ClientConnection connection,
      TransportOpener transports,
      OpenTicket tickets) {
    this.context = context;
    this.connection = connection;
    this.transports = transports;
    this.tickets = tickets;
  }

  void announce(long ticket, StreamRequest stream, ServedStream description) {
    tickets.ask(
        ticket,
        find(stream.name()).thenCompose(point -> point.ask().thenApply(free -> point)),
        (point, late) -> {
          if (!late) {
            announced = new Announced(stream.name(), point, description);
            connection.event(new ServerEvent.Announced(ticket));
          }
        },
        refusal -> connection.event(new ServerEvent.AnnounceRefused(ticket, refusal)));
  }

  private CompletionStage<PublishPoint> find(String name) {
    Optional<Source> source = context.sources().find(name);
    Optional<PublishPoint> point = source.flatMap(Source::publishPoint);
    return point.isPresent()
        ? CompletableFuture.completedFuture(point.get())
        : CompletableFuture.failedFuture(
            source.isPresent()
                ? new RefusedException(NOT_ALLOWED, "Method Not Allowed: it is not published to")
                : new RefusedException(NOT_FOUND, ""));
  }

  void open(long ticket, String id, int track, TransportOffer offer, String agent) {
    Announced of = announced;
    if (of == null) {
      tickets.refuse(ticket, new Refusal(NO_SESSION, ""));
      return;
    }
    PublisherSession opening = session(id, of, agent);
    tickets.setUp(
        ticket,
        transports.openInput(offer),
        () -> session == opening,
        opened -> opening.open(track, opened.way(), opened.name()),
        () -> opening.close(track));
  }

  private PublisherSession session(String id, Announced of, String agent) {
    PublisherSession open = session;
    if (open == null || !open.id().equals(id)) {
      open =
          new PublisherSession(
              context,
              id,
              of.name,
              of.stream,
              connection.channel().eventLoop(),
              connection.remote() + (agent.isEmpty() ? "" : " (" + agent + ")"));
      session = open;
    }
    return open;
  }

  void prepare(long ticket, String id) {
    PublisherSession preparing = session;
    Announced of = announced;
    if (preparing == null || of == null || !preparing.id().equals(id)) {
      connection.event(new ServerEvent.RecordRefused(ticket, new Refusal(NO_SESSION, "")));
      return;
    }
    List<MediaStream> media = preparing.media();
    tickets.ask(
        ticket,
        of.point.publish(
            media,
            connection.remote(),
            connection.channel().eventLoop(),
            reason -> connection.event(new ServerEvent.StreamEnded(of.name, reason))),
        (publication, late) -> {
          if (late || session != preparing) {
            publication.close("its publisher did not wait");
          } else {
            preparing.prepared(publication, media);
            tickets.undoBy(preparing::pause);
            connection.event(new ServerEvent.RecordPrepared(ticket));
          }
        },
        refusal -> connection.event(new ServerEvent.RecordRefused(ticket, refusal)));
  }

  void record(String id) {
    PublisherSession of = of(id);
    if (of != null) {
      of.record();
    }
  }

  void pause(String id) {
    PublisherSession of = of(id);
    if (of != null) {
      of.pause();
    }
  }

  void closeInput(String id, int track) {
    PublisherSession of = of(id);
    if (of != null) {
      of.close(track);
    }
  }

  void end(String id, String reason) {
    PublisherSession of = of(id);
    if (of != null) {
      of.end(reason);
      session = null;
    }
  }

  /** The session with this id; null where it is none of a publisher. */
  private @Nullable PublisherSession of(String id) {
    return session != null && session.id().equals(id) ? session : null;
  }

  void frame(InterleavedFrame frame) {
    if (session != null) {
      session.frame(frame.channel(), frame.content());
    }
  }

  /** The connection is over. */
  void close(String reason) {
    if (session != null) {
      session.end(reason);
      session = null;
    }
  }
}
