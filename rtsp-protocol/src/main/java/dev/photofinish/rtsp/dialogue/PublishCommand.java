package dev.photofinish.rtsp.dialogue;

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
     * Open two ports for the media of a track, and say which by {@link
     * PublishDialogue#portsOpened}.
     *
     * @param track from 0
     */
    void openPorts(int track);

    /** The server does not take a transport: another one is asked for. */
    void transportRefused(String reason);

    /**
     * RECORD was answered: media may be sent.
     *
     * @param tracks in their order
     */
    void recording(List<TrackTransport> tracks);

    /** The dialogue is over, close the connection: always the last command. */
    void ended(EndReason end);
  }

  record Send(RtspMessage message) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.send(message);
    }
  }

  record OpenPorts(int track) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.openPorts(track);
    }
  }

  record TransportRefused(String reason) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.transportRefused(reason);
    }
  }

  record Recording(List<TrackTransport> tracks) implements PublishCommand {
    public Recording {
      tracks = List.copyOf(tracks);
    }

    @Override
    public void run(Driver driver) {
      driver.recording(tracks);
    }
  }

  record Ended(EndReason end) implements PublishCommand {
    @Override
    public void run(Driver driver) {
      driver.ended(end);
    }
  }
}
