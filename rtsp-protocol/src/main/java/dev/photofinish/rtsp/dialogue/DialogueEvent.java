package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspMessage;

/** Something that happened to a {@link Dialogue}. */
public sealed interface DialogueEvent {

  /** Hands this event to the handler's method for it. */
  void deliver(Handler handler, long now);

  /** The side of a dialogue that takes events: a kind that has no method does not compile. */
  interface Handler {
    void connected(long now);

    void selected(long now);

    void received(RtspMessage message, long now);

    void portsOpened(Pair ports, long now);

    void portsFailed(String reason, long now);

    void groupJoined(long now);

    void asked(long now);

    void requested(SessionRequest request, long now);

    void teardown(long now);

    void tick(long now);
  }

  /** The connection is established: send the session's first request. */
  record Connected() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.connected(now);
    }
  }

  /** This connection is the one to play from: use the first response and go on. */
  record Selected() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.selected(now);
    }
  }

  /** The camera sent a message: an answer, or a request of its own. */
  record Received(RtspMessage message) implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.received(message, now);
    }
  }

  /** The ports that {@link DialogueCommand.OpenPorts} asked for are open. */
  record PortsOpened(Pair ports) implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.portsOpened(ports, now);
    }
  }

  /**
   * The ports that {@link DialogueCommand.OpenPorts} asked for cannot be opened, or the group of
   * {@link DialogueCommand.JoinGroup} cannot be joined.
   *
   * @param reason human-readable
   */
  record PortsFailed(String reason) implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.portsFailed(reason, now);
    }
  }

  /** The group that {@link DialogueCommand.JoinGroup} asked for is joined. */
  record GroupJoined() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.groupJoined(now);
    }
  }

  /** Ask the camera, by a keep-alive sent now, whether it lives. */
  record Ask() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.asked(now);
    }
  }

  /** The user asks something of the session: it will be answered once, or the dialogue ends. */
  record Requested(SessionRequest request) implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.requested(request, now);
    }
  }

  /** End the session in order. */
  record Teardown() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.teardown(now);
    }
  }

  /** The deadline has come. */
  record Tick() implements DialogueEvent {
    @Override
    public void deliver(Handler handler, long now) {
      handler.tick(now);
    }
  }
}
