package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SETUP of all further media, and PLAY, in one write: see {@link Pipeline}. */
final class SetupAhead {
  /** The consequence of an answer, or of none in time. */
  enum Next {
    /** It answers nothing that was sent ahead, or its status alone decides. */
    NOT_MINE,
    /** Nothing follows from it now. */
    NOTHING,
    /** What is not set up yet is asked for, or played if all is. */
    SET_UP
  }

  private final DialogueContext dialogue;
  private final SessionTracks tracks;
  private final PlayControl playback;
  private final Pipeline pipeline;
  private boolean expired;

  SetupAhead(
      DialogueContext dialogue, SessionTracks tracks, PlayControl playback, Pipeline pipeline) {
    this.dialogue = dialogue;
    this.tracks = tracks;
    this.playback = playback;
    this.pipeline = pipeline;
  }

  /**
   * Once a media is set up, its session is known. Datagrams are not asked for ahead: a NAT has to
   * be opened towards the camera's port, and a group joined, before PLAY.
   */
  boolean isPossible() {
    return tracks.areAny()
        && tracks.session().isKnown()
        && pipeline.isWanted()
        && playback.isAggregate()
        && tracks.plan().mayPlayAhead();
  }

  void ask(long now) {
    pipeline.begin();
    List<Integer> asked = tracks.waiting().stream().limit(Pipeline.MOST_SETUPS).toList();
    for (int place : asked) {
      pipeline.setUp(tracks.ask(place, tracks.offer(place, null), now), place);
    }
    if (asked.size() == tracks.waiting().size()) {
      pipeline.play(playback.play(now));
    }
    pipeline.await(now);
  }

  /** Takes the answer to a request that may have been sent ahead. */
  Next answered(Sent sent, RtspResponse response, long now) {
    int status = response.status();
    if (!pipeline.isAwaited(sent) || (status >= 300 && status < 400)) {
      return Next.NOT_MINE;
    }
    if (dialogue.is(DialogueState.STARTING)) {
      return playAnswered(sent, response, now);
    }
    if (status == 401 && pipeline.isFirstChallenge() && !dialogue.canAnswer(sent, response)) {
      return Next.NOTHING;
    }
    if (pipeline.isPlay(sent)) {
      pipeline.playAnswered(sent, response);
    } else {
      setUp(sent, response);
    }
    return goOn(now);
  }

  /** All media are set up; what PLAY is refused with may mean its coming too early. */
  private Next playAnswered(Sent sent, RtspResponse response, long now) {
    pipeline.playAnswered(sent, response);
    if (response.isSuccess() || response.status() == 401 || response.status() == 459) {
      return Next.NOT_MINE;
    }
    pipeline.decline();
    playback.play(now);
    return Next.NOTHING;
  }

  private void setUp(Sent sent, RtspResponse response) {
    int place = pipeline.answered(sent);
    if (!response.isSuccess()) {
      pipeline.failed(place, dialogue.said(sent, response));
      return;
    }
    try {
      tracks.session().learn(response);
      Optional<MediaKeys> keys = tracks.agreed(place, response);
      tracks.add(place, tracks.read(place, tracks.offer(place, null), keys, response));
    } catch (RtspFormatException e) {
      pipeline.failed(place, DialogueContext.broken(sent, e).reason());
    }
  }

  private Next goOn(long now) {
    if (!pipeline.awaitsAny()) {
      return settle(now);
    }
    if (!pipeline.awaitsSetups() && pipeline.failed().isEmpty()) {
      playback.ready(tracks.ready());
    }
    pipeline.await(now);
    return Next.NOTHING;
  }

  /** All were answered, or will not be. */
  private Next settle(long now) {
    RtspResponse play = pipeline.playAnswer();
    if (play == null || !play.isSuccess()) {
      boolean taken = !pipeline.hasPlay() && pipeline.failed().isEmpty();
      if (!taken) {
        pipeline.decline();
      }
      return Next.SET_UP;
    }
    // It plays already: too late to ask for the others again.
    Map<Integer, String> failed = pipeline.failed();
    for (var refused : failed.entrySet()) {
      if (!tracks.isBackChannel(refused.getKey()) && !dialogue.forgives(Quirk.REFUSED_MEDIA)) {
        dialogue.end(EndReason.Kind.REFUSED, refused.getValue());
        return Next.NOTHING;
      }
    }
    failed.forEach(tracks::leaveOut);
    playback.ready(tracks.ready());
    playback.started(pipeline.played(), play, now);
    return Next.NOTHING;
  }

  /** Whether the camera may have taken what it did not answer in time. */
  boolean mayHaveBeenTaken() {
    return expired;
  }

  /** No answer came in time. */
  Next expired(long now) {
    expired = true;
    if (dialogue.is(DialogueState.STARTING)) {
      pipeline.decline();
      playback.play(now);
      return Next.NOTHING;
    }
    return settle(now);
  }
}
