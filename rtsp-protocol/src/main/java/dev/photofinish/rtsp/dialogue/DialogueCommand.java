package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;

/** Something that a {@link Dialogue} wants its driver to do or to report. */
public sealed interface DialogueCommand {

  /** Hands this command to the driver's method for it. */
  void run(Driver driver);

  /** The side of a dialogue that touches the world. */
  interface Driver {
    /** Write {@code message} to the connection. */
    void send(RtspMessage message);

    /** The first response came, whatever its status: the finish line {@code response}. */
    void responded(RtspResponse first);

    /**
     * Open a pair of ports for the media with this index, from 0, in place of those that it may
     * have, and report them with {@link DialogueEvent.PortsOpened}.
     */
    void openPorts(int index);

    /**
     * Receive what is sent to {@code group} for the media with this index, and report it with
     * {@link DialogueEvent.GroupJoined} or {@link DialogueEvent.PortsFailed}.
     */
    void joinGroup(int index, TrackTransport.Multicast group);

    /** The camera does not take the transport that was asked for; another is asked for next. */
    void transportRefused(String reason);

    /** The camera gives another transport than was asked for; media come by that. */
    void transportGiven(String what);

    /**
     * The session is set up and PLAY is being sent, or was sent with the last SETUPs: frames on the
     * tracks' channels are theirs from now on. Said again when a lost session was replaced.
     */
    void prepared(List<Track> tracks);

    /** SETUP of {@code media} failed; the session goes on with the others, if there are any. */
    void trackSkipped(MediaDescription media, String reason);

    /**
     * The session that is being set up has no back channel, though one was asked for.
     *
     * @param reason human-readable: what was seen
     */
    void withoutBackChannel(String reason);

    /** The camera showed a habit that later connections should know. */
    void learnt(Trait trait);

    /** PLAY was answered: media is due. */
    void playing();

    /** The camera says where what it plays begins: one answer to PLAY, one of each track's. */
    void playAnswered(PlayRequest asked, RtspResponse answer);

    /** PAUSE was answered: no media is due. */
    void paused();

    /** A request of the user's was answered, with success or not. */
    void answered(long id, RtspResponse response);

    /** A request of the user's was not sent, or not answered in time. */
    void refused(long id, String reason);

    /** The dialogue is over, close the connection: always the last command. */
    void ended(EndReason end);
  }

  record Send(RtspMessage message) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.send(message);
    }
  }

  record Responded(RtspResponse first) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.responded(first);
    }
  }

  record OpenPorts(int index) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.openPorts(index);
    }
  }

  record JoinGroup(int index, TrackTransport.Multicast group) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.joinGroup(index, group);
    }
  }

  record TransportRefused(String reason) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.transportRefused(reason);
    }
  }

  record TransportGiven(String what) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.transportGiven(what);
    }
  }

  record Prepared(List<Track> tracks) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.prepared(tracks);
    }
  }

  record TrackSkipped(MediaDescription media, String reason) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.trackSkipped(media, reason);
    }
  }

  record WithoutBackChannel(String reason) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.withoutBackChannel(reason);
    }
  }

  record Learnt(Trait trait) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.learnt(trait);
    }
  }

  record Playing() implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.playing();
    }
  }

  record PlayAnswered(PlayRequest asked, RtspResponse answer) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.playAnswered(asked, answer);
    }
  }

  record Paused() implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.paused();
    }
  }

  record Answered(long id, RtspResponse response) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.answered(id, response);
    }
  }

  record Refused(long id, String reason) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.refused(id, reason);
    }
  }

  record Ended(EndReason end) implements DialogueCommand {
    @Override
    public void run(Driver driver) {
      driver.ended(end);
    }
  }
}
