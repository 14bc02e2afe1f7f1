package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspMessage;

/** Something that a {@link ServerDialogue} wants its driver to do. */
public sealed interface ServerCommand {

  /** Hands this command to the driver's method for it. */
  void run(Driver driver);

  /**
   * The side of a dialogue that touches the world.
   *
   * <p>A ticket is answered once, by an event of its kind, unless it is cancelled; there is one
   * open ticket at most. Answers to tickets that are cancelled are ignored.
   */
  interface Driver {
    /** Write {@code message} to the connection. */
    void send(RtspMessage message);

    /**
     * Find out what {@code stream} is, and answer with {@link ServerEvent.Described} or {@link
     * ServerEvent.DescribeRefused}.
     */
    void describe(long ticket, StreamRequest stream);

    /**
     * Open a transport for a track, and answer with {@link ServerEvent.TransportOpened} or {@link
     * ServerEvent.TransportRefused}. The first for a session begins that session.
     *
     * @param session its id
     * @param stream that the session reads
     * @param track its index in {@link ServedStream#media}, from 0
     */
    void openTransport(
        long ticket, String session, StreamRequest stream, int track, TransportOffer offer);

    /**
     * Open a transport for the audio that a reader sends to the camera, and answer as {@link
     * #openTransport} is. It may be the session's first. What comes counts while the session plays.
     *
     * @param session its id
     * @param stream that the session reads
     * @param track the number of {@link ServedStream#media}, whose last is before it
     */
    void openBackChannel(
        long ticket, String session, StreamRequest stream, int track, TransportOffer offer);

    /**
     * Find out whether {@code stream} may be published now, and answer with {@link
     * ServerEvent.Announced} or {@link ServerEvent.AnnounceRefused}. Nothing is taken for it yet.
     *
     * @param description what the publisher will send
     */
    void announce(long ticket, StreamRequest stream, ServedStream description);

    /**
     * Open a transport for a track that a publisher will send, and answer as {@link #openTransport}
     * is. The first for a session begins that session.
     *
     * @param session its id
     * @param stream that the session publishes, as it was announced last
     * @param track its index in {@link ServedStream#media}, from 0
     */
    void openInput(
        long ticket, String session, StreamRequest stream, int track, TransportOffer offer);

    /**
     * Take the publisher's place at the stream for this session, and answer with {@link
     * ServerEvent.RecordPrepared} or {@link ServerEvent.RecordRefused}.
     */
    void prepareRecord(long ticket, String session);

    /** RECORD was answered, and the answer sent: RTP comes from now on. */
    void record(String session);

    /** Release the transport of a track. */
    void closeTransport(String session, int track);

    /**
     * Find out where the RTP of the session's tracks begins, and answer with {@link
     * ServerEvent.PlayPrepared} or {@link ServerEvent.PlayRefused}. Nothing is sent to the reader
     * yet.
     *
     * @param resumed whether the session played before and was paused
     */
    void preparePlay(long ticket, String session, boolean resumed);

    /** PLAY was answered, and the answer sent: RTP flows from now on. */
    void play(String session);

    /**
     * No RTP is sent until the next {@link #play}; RTCP goes on. A publisher's place is free until
     * its next {@link #prepareRecord}.
     */
    void pause(String session);

    /**
     * No answer to a ticket is waited for any more: what was asked for, or is open already, is let
     * go.
     */
    void cancel(long ticket);

    /**
     * A session is over: stop sending, say BYE by RTCP, release its transports.
     *
     * @param reason human-readable
     */
    void closeSession(String session, String reason);

    /**
     * A login on this connection was refused: bound how many may be, of its source address.
     *
     * @param stream the name that was asked for
     */
    void loginRefused(String stream);

    /**
     * Close the connection when what was sent before is flushed: always the last command. It is not
     * said after {@link ServerEvent.Closed}.
     *
     * @param reason human-readable
     */
    void closeConnection(String reason);
  }

  record Send(RtspMessage message) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.send(message);
    }
  }

  record Describe(long ticket, StreamRequest stream) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.describe(ticket, stream);
    }
  }

  record OpenTransport(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer)
      implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.openTransport(ticket, session, stream, track, offer);
    }
  }

  record OpenBackChannel(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer)
      implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.openBackChannel(ticket, session, stream, track, offer);
    }
  }

  record Announce(long ticket, StreamRequest stream, ServedStream description)
      implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.announce(ticket, stream, description);
    }
  }

  record OpenInput(
      long ticket, String session, StreamRequest stream, int track, TransportOffer offer)
      implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.openInput(ticket, session, stream, track, offer);
    }
  }

  record PrepareRecord(long ticket, String session) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.prepareRecord(ticket, session);
    }
  }

  record Recording(String session) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.record(session);
    }
  }

  record CloseTransport(String session, int track) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.closeTransport(session, track);
    }
  }

  record PreparePlay(long ticket, String session, boolean resumed) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.preparePlay(ticket, session, resumed);
    }
  }

  record Play(String session) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.play(session);
    }
  }

  record Pause(String session) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.pause(session);
    }
  }

  record Cancel(long ticket) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.cancel(ticket);
    }
  }

  record CloseSession(String session, String reason) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.closeSession(session, reason);
    }
  }

  record LoginRefused(String stream) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.loginRefused(stream);
    }
  }

  record CloseConnection(String reason) implements ServerCommand {
    @Override
    public void run(Driver driver) {
      driver.closeConnection(reason);
    }
  }
}
