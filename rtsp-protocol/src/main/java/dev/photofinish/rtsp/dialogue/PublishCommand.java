package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspMessage;
import java.util.List;

/** Something that a {@link PublishDialogue} wants its driver to do or to report. */
public sealed interface PublishCommand {

  /** Hands this command to the driver's method for it. */
  void run(Driver driver);

  /** The side of a dialogue that touches the world. */
  interface Driver {
    /** Write {@code message} to the connection. */
    void send(RtspMessage message);

    /**
     * RECORD was answered: media may be sent.
     *
     * @param channels of each track, in their order
     */
    void recording(List<Pair> channels);

    /** The dialogue is over, close the connection: always the last command. */
    void ended(EndReason end);
  }

  record Send(RtspMessage message) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.send(message);
    }
  }

  record Recording(List<Pair> channels) implements PublishCommand {
    public Recording {
      channels = List.copyOf(channels);
    }

    @Override
    public void run(Driver driver) {
      driver.recording(channels);
    }
  }

  record Ended(EndReason end) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.ended(end);
    }
  }
}
