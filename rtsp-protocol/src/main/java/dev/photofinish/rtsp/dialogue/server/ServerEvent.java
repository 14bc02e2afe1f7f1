package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspMessage;
import java.util.List;
import java.util.OptionalInt;

/** Something that happened to a {@link ServerDialogue}. */
public sealed interface ServerEvent {

  /** Hands this event to the handler's method for it. */
  void deliver(Handler handler, long now);

  /** The side of a dialogue that takes events: a kind that has no method does not compile. */
  interface Handler {
    void received(RtspMessage message, long now);

    void malformed(String reason, OptionalInt cseq, long now);

    void described(long ticket, ServedStream stream, long now);

    void describeRefused(long ticket, Refusal refusal, long now);

    void transportOpened(long ticket, ServedTransport transport, long now);

    void transportRefused(long ticket, Refusal refusal, long now);

    void playPrepared(long ticket, List<TrackStart> starts, long now);

    void playRefused(long ticket, Refusal refusal, long now);

    void announced(long ticket, long now);

    void announceRefused(long ticket, Refusal refusal, long now);

    void recordPrepared(long ticket, long now);

    void recordRefused(long ticket, Refusal refusal, long now);

    void signOfLife(long now);

    void streamEnded(String stream, String reason, long now);

    void accessChanged(long now);

    void shutDown(String reason, long now);

    void closed(long now);

    void tick(long now);
  }

  /** The reader sent a message: a request, or the answer to one of ours. */
  record Received(RtspMessage message) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.received(message, now);
    }
  }

  /**
   * The reader sent what is no message, or more than the codec's limits. It is answered 400 behind
   * the answers to what came before it, and ends the connection.
   *
   * @param reason human-readable and safe to show, as that of an {@code RtspFormatException}
   * @param cseq of the message, where it is known
   */
  record Malformed(String reason, OptionalInt cseq) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.malformed(reason, cseq, now);
    }
  }

  /** The stream that {@link ServerCommand.Describe} asked for is there. */
  record Described(long ticket, ServedStream stream) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.described(ticket, stream, now);
    }
  }

  /**
   * The stream that {@link ServerCommand.Describe} asked for is not: 404 where there is none of
   * that name, 503 where it cannot be had now.
   */
  record DescribeRefused(long ticket, Refusal refusal) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.describeRefused(ticket, refusal, now);
    }
  }

  /** The transport that {@link ServerCommand.OpenTransport} asked for is open. */
  record TransportOpened(long ticket, ServedTransport transport) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.transportOpened(ticket, transport, now);
    }
  }

  /**
   * The transport that {@link ServerCommand.OpenTransport} asked for cannot be had: 461 where it is
   * not served, 453 or 503 where there is no place. The next that the reader offered is tried.
   */
  record TransportRefused(long ticket, Refusal refusal) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.transportRefused(ticket, refusal, now);
    }
  }

  /**
   * The answer to {@link ServerCommand.PreparePlay}: all is ready.
   *
   * @param starts what is known of where the RTP of each track will begin; a track that is missing
   *     is left out of the answer's RTP-Info
   */
  record PlayPrepared(long ticket, List<TrackStart> starts) implements ServerEvent {
    public PlayPrepared {
      starts = List.copyOf(starts);
    }

    @Override
    public void deliver(Handler handler, long now) {
      handler.playPrepared(ticket, starts, now);
    }
  }

  /** The answer to {@link ServerCommand.PreparePlay}: it cannot be had; the session stays. */
  record PlayRefused(long ticket, Refusal refusal) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.playRefused(ticket, refusal, now);
    }
  }

  /** The answer to {@link ServerCommand.Announce}: the stream may be published. */
  record Announced(long ticket) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.announced(ticket, now);
    }
  }

  /**
   * The answer to {@link ServerCommand.Announce}: 404 where there is no stream of that name, 405
   * where it is none that is published, 503 where another publisher has it.
   */
  record AnnounceRefused(long ticket, Refusal refusal) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.announceRefused(ticket, refusal, now);
    }
  }

  /** The answer to {@link ServerCommand.PrepareRecord}: the place is the session's. */
  record RecordPrepared(long ticket) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.recordPrepared(ticket, now);
    }
  }

  /** The answer to {@link ServerCommand.PrepareRecord}: it cannot be had; the session stays. */
  record RecordRefused(long ticket, Refusal refusal) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.recordRefused(ticket, refusal, now);
    }
  }

  /**
   * The reader lives: an interleaved frame or a datagram came from it. All its sessions go on. A
   * driver of interleaved sessions may also report that bytes written were taken by the reader's
   * host: some readers send nothing at all while they play over TCP. Once a second is enough.
   */
  record SignOfLife() implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.signOfLife(now);
    }
  }

  /**
   * A stream is over, or its readers are to notice that it is another one now: its sessions are
   * closed, and the connection where it has no others.
   *
   * @param stream its name, as in {@link StreamRequest#name}
   * @param reason human-readable
   */
  record StreamEnded(String stream, String reason) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.streamEnded(stream, reason, now);
    }
  }

  /**
   * What {@link Access} says may be other than before: sessions of those who may no longer do what
   * they do are closed, as those of a stream that is over.
   */
  record AccessChanged() implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.accessChanged(now);
    }
  }

  /**
   * The server, or this connection of it, stops: what waits is answered 503, sessions are closed.
   *
   * @param reason human-readable
   */
  record ShutDown(String reason) implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.shutDown(reason, now);
    }
  }

  /** The reader's connection is closed or lost. */
  record Closed() implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.closed(now);
    }
  }

  /** The deadline has come. */
  record Tick() implements ServerEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.tick(now);
    }
  }
}
