package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from a description to a session: SETUP of the first media, then of the others, all at
 * once and PLAY with them where the camera takes it, else one after the other.
 */
final class SessionSetup {
  /** RFC 2326 section 11.3.6. */
  private static final int NOT_IN_THIS_STATE = 455;

  private final DialogueContext dialogue;
  private final PlayControl playback;
  private final SessionTracks tracks;
  private final TransportChoice choice;
  private final SetupAhead ahead;

  /** The transport that is asked for; null while it is not. */
  private @Nullable TransportHeader offer;

  /** The track whose group is being joined; null while none is. */
  private @Nullable Track joining;

  /**
   * @param playback goes on when all are set up
   */
  SessionSetup(DialogueContext dialogue, PlayControl playback, Pipeline pipeline) {
    this.dialogue = dialogue;
    this.playback = playback;
    this.tracks = new SessionTracks(dialogue);
    this.choice = new TransportChoice(dialogue, tracks);
    this.ahead = new SetupAhead(dialogue, tracks, playback, pipeline);
  }

  /** Whether the camera has set up one media of the session at least. */
  boolean hasTracks() {
    return tracks.areAny();
  }

  /** {@link SessionIdentity#answered}. */
  void sessionAnswered(RtspResponse response) {
    tracks.session().answered(response);
  }

  /** {@link SessionIdentity#useOther}. */
  boolean useOtherSession() {
    return tracks.session().useOther();
  }

  void begin(List<DescribedMedia> described, long now) {
    tracks.described(described);
    setUp(now);
  }

  /** The session is lost (RFC 2326 section 11.3.5): sets up another from the same description. */
  void again(long now) {
    tracks.session().forget();
    tracks.startAgain();
    choice.startAgain();
    offer = null;
    joining = null;
    dialogue.requests().forgetAll();
    dialogue.become(DialogueState.SETTING_UP);
    setUp(now);
  }

  /** Sets up what is not yet; when there is nothing more, all are played. */
  void setUp(long now) {
    if (choice.settle()) {
      offer = null;
    }
    skipBackChannelAlone();
    if (!tracks.waiting().isEmpty()) {
      askNext(now);
    } else if (hasTracks()) {
      playback.begin(tracks.ready(), now);
    } else {
      dialogue.end(choice.refusal());
    }
  }

  private void askNext(long now) {
    if (ahead.isPossible()) {
      ahead.ask(now);
    } else {
      ask(now);
    }
  }

  private void ask(long now) {
    int place = tracks.waiting().first();
    if (offer == null && tracks.plan().needsPorts()) {
      dialogue.openPorts(place, now);
      return;
    }
    if (offer == null) {
      offer = tracks.offer(place, null);
    }
    tracks.ask(place, offer, now);
  }

  void portsOpened(Pair ports, long now) {
    offer = tracks.offer(tracks.waiting().first(), ports);
    ask(now);
  }

  void portsFailed(String reason, long now) {
    joining = null;
    refused(new EndReason(EndReason.Kind.LOCAL, reason), now);
  }

  /** Leaves out a back channel, the last media, that has no way, or nothing to come beside it. */
  private void skipBackChannelAlone() {
    if (tracks.waiting().isEmpty() || !tracks.isBackChannel(tracks.waiting().first())) {
      return;
    }
    if (!hasTracks()) {
      tracks.leaveOut(tracks.waiting().first(), "no media of the camera is set up");
    } else if (!tracks.plan().takesBackChannel()) {
      tracks.leaveOut(tracks.waiting().first(), "it does not go by multicast");
    }
  }

  /** An answer to the SETUP of the first that waits. */
  void isSetUp(Sent sent, RtspResponse response, long now) {
    if (dialogue.replay().refused(sent, response)) {
      ask(now);
      return;
    }
    if (TransportChoice.isUnsupported(response.status())) {
      if (tracks.useFeedback(tracks.waiting().first())) {
        offer = Objects.requireNonNull(offer).withProfile(DescribedMedia.WITH_FEEDBACK);
        ask(now);
        return;
      }
      String said = dialogue.said(sent, response);
      String why = said + ": the camera does not take " + tracks.plan();
      refused(new EndReason(EndReason.Kind.NO_TRANSPORT, why), now);
      return;
    }
    if (response.status() == NOT_IN_THIS_STATE && ahead.mayHaveBeenTaken()) {
      playsAlready(dialogue.said(sent, response));
      return;
    }
    if (!response.isSuccess()) {
      EndReason why = new EndReason(EndReason.Kind.REFUSED, dialogue.said(sent, response));
      refusedOne(response.status(), why, now);
      return;
    }
    try {
      tracks.session().learn(response);
    } catch (RtspFormatException e) {
      dialogue.end(DialogueContext.broken(sent, e));
      return;
    }
    add(sent, response, now);
  }

  /**
   * A slow camera has done what it was sent ahead after all, and takes no SETUP now that it plays:
   * what it refuses is no media that it does not have, and the next connection asks one by one.
   */
  private void playsAlready(String said) {
    dialogue.learnt(Trait.NO_PIPELINING);
    dialogue.end(EndReason.Kind.REFUSED, said + ", since it took what was sent ahead too late");
  }

  private void add(Sent sent, RtspResponse response, long now) {
    int place = tracks.waiting().first();
    Optional<MediaKeys> keys;
    try {
      keys = tracks.agreed(place, response);
    } catch (RtspFormatException e) {
      skip(DialogueContext.noKeys(sent, e), now);
      return;
    }
    try {
      Optional<String> given = tracks.channelsForPorts(response);
      if (given.isPresent() && !takesChannels(sent, given.get(), now)) {
        return;
      }
      Track track = tracks.read(place, Objects.requireNonNull(offer), keys, response);
      if (track.transport() instanceof TrackTransport.Multicast group) {
        joining = track;
        dialogue.joinGroup(place, group, now);
      } else {
        taken(place, track, now);
      }
    } catch (RtspFormatException e) {
      refused(DialogueContext.broken(sent, e), now);
    }
  }

  /**
   * A camera gives channels of this connection for the ports that it was asked for. Asked again, it
   * would have to change what it has set up: it is taken so where the options have that.
   */
  private boolean takesChannels(Sent sent, String given, long now) {
    TransportPlan asked = tracks.plan();
    boolean taken = tracks.useConnection();
    if (taken) {
      String what = asked + " was asked for, and the camera gives " + Excerpt.of(given);
      dialogue.command(new DialogueCommand.TransportGiven(what));
      offer = tracks.offer(tracks.waiting().first(), null);
    } else {
      String why =
          "answer to " + sent + ": the camera gives " + Excerpt.of(given) + ", not " + asked;
      refused(new EndReason(EndReason.Kind.NO_TRANSPORT, why), now);
    }
    return taken;
  }

  private void taken(int place, Track track, long now) {
    tracks.add(place, track);
    offer = null;
    setUp(now);
  }

  void groupJoined(long now) {
    Track joined = joining;
    if (joined != null) {
      joining = null;
      taken(tracks.waiting().first(), joined, now);
    }
  }

  /** Without the transport that was asked for: all media move on to another, if none has it yet. */
  private void refused(EndReason why, long now) {
    EndReason left = choice.refused(tracks.waiting().first(), why);
    if (left == null) {
      offer = null;
      setUp(now);
    } else {
      skip(left, now);
    }
  }

  /** Without one media, for a reason that is not said to be the transport's, and may be. */
  private void refusedOne(int status, EndReason why, long now) {
    if (choice.mayBeRefusal(tracks.waiting().first(), status, why)) {
      offer = null;
      setUp(now);
    } else {
      skip(why, now);
    }
  }

  /** What failed for one media is not the end of the others, unless it failed for all. */
  private void skip(EndReason why, long now) {
    int place = tracks.waiting().first();
    if (!tracks.isBackChannel(place) && !dialogue.forgives(Quirk.REFUSED_MEDIA)) {
      dialogue.end(why);
      return;
    }
    choice.leaveOut(place, why);
    offer = null;
    setUp(now);
  }

  // ---- What was sent ahead

  /** Takes an answer to a request that was sent ahead; false if it is another's. */
  boolean answeredAhead(Sent sent, RtspResponse response, long now) {
    SetupAhead.Next next = ahead.answered(sent, response, now);
    follow(next, now);
    return next != SetupAhead.Next.NOT_MINE;
  }

  /** No answer came in time to what was sent ahead. */
  void aheadExpired(long now) {
    follow(ahead.expired(now), now);
  }

  private void follow(SetupAhead.Next next, long now) {
    if (next == SetupAhead.Next.SET_UP) {
      setUp(now);
    }
  }
}
