package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Dialogue;
import dev.photofinish.rtsp.dialogue.DialogueCommand;
import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.DialogueState;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.dialogue.Trait;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the {@link Dialogue} of a connection: one event, then its commands until there is none.
 */
final class DialogueDriver implements DialogueCommand.Driver {
  private static final Logger LOG = LoggerFactory.getLogger(DialogueDriver.class);

  private final Dialogue dialogue;
  private final ConnectionContext context;
  private final ConnectionMedia media;
  private final OutgoingAudio audio;
  private final Consumer<EndReason> onEnd;

  /** Since the present session began to be set up; a description bounds them. */
  private final List<SkippedMedia> skipped = new ArrayList<>();

  /** How many of them are in the log. */
  private int said;

  private boolean prepared;
  private boolean running;
  private boolean queued;
  private long now;

  /**
   * @param onEnd closes the connection
   */
  DialogueDriver(
      Dialogue dialogue,
      ConnectionContext context,
      ConnectionMedia media,
      OutgoingAudio audio,
      Consumer<EndReason> onEnd) {
    this.dialogue = dialogue;
    this.context = context;
    this.media = media;
    this.audio = audio;
    this.onEnd = onEnd;
  }

  DialogueState state() {
    return dialogue.state();
  }

  OptionalLong deadline() {
    return dialogue.deadline();
  }

  /** {@link Dialogue#openRequest}. */
  Optional<String> openRequest() {
    return dialogue.openRequest();
  }

  /** {@link Dialogue#hasTracks}. */
  boolean hasTracks() {
    return dialogue.hasTracks();
  }

  /** {@link Dialogue#description}. */
  Optional<String> description() {
    return dialogue.description();
  }

  /**
   * @throws IllegalStateException if called from within a command: the event has to wait
   */
  void handle(DialogueEvent event, long at) {
    if (running) {
      throw new IllegalStateException(event + " while another event is handled");
    }
    if (context.isOver()) {
      return;
    }
    running = true;
    now = at;
    try {
      dialogue.handle(event, at);
      for (DialogueCommand next = dialogue.poll(); next != null; next = dialogue.poll()) {
        next.run(this);
      }
      flush();
    } finally {
      running = false;
    }
    if (state() != DialogueState.PLAYING) {
      media.stop();
    }
  }

  @Override
  public void send(RtspMessage message) {
    LOG.trace("{} -> {}", context.remote(), message);
    context.queue(message);
    queued = true;
    if (context.isSecure()) {
      flush();
    }
  }

  /**
   * What an event has us say goes out in one write; over TLS in a record each, as GStreamer's
   * server reads one request of a record, and the next when another record comes.
   */
  private void flush() {
    if (queued) {
      queued = false;
      context.flush();
    }
  }

  @Override
  public void responded(RtspResponse first) {
    context.owner().responded();
  }

  @Override
  public void openPorts(int index) {
    media.openPorts(index);
  }

  @Override
  public void joinGroup(int index, TrackTransport.Multicast group) {
    media.joinGroup(index, group);
  }

  @Override
  public void transportRefused(String reason) {
    LOG.info("{}: {}; another transport is asked for", context.remote(), reason);
  }

  @Override
  public void transportGiven(String what) {
    LOG.info("{}: {}; they are taken so", context.remote(), what);
  }

  @Override
  public void prepared(List<Track> tracks) {
    prepared = true;
    skipped.subList(said, skipped.size()).forEach(this::say);
    media.assign(tracks);
    context.owner().prepared(media.tracks());
  }

  @Override
  public void trackSkipped(MediaDescription media, String reason) {
    if (prepared && state() != DialogueState.STARTING) {
      prepared = false;
      skipped.clear();
      said = 0;
    }
    SkippedMedia without = new SkippedMedia(media, reason);
    skipped.add(without);
    if (prepared) {
      say(without);
    }
  }

  /** Where all media are left out, the connection's end says it, and nothing else does. */
  private void say(SkippedMedia without) {
    said++;
    String media = without.media().type();
    LOG.warn("{}: {} is left out: {}", context.remote(), media, without.reason());
  }

  /** The media of the present session that could not be set up. */
  List<SkippedMedia> skipped() {
    return List.copyOf(skipped);
  }

  @Override
  public void withoutBackChannel(String reason) {
    audio.missing(reason);
  }

  @Override
  public void learnt(Trait trait) {
    LOG.debug("{}: {}", context.remote(), trait);
    context.owner().learnt(trait);
  }

  /**
   * Why the connection is over whose channel was closed; what was sent ahead may be to blame.
   *
   * @param failure what was wrong with the channel; null if the camera closed it
   */
  EndReason closed(@Nullable Throwable failure) {
    if (dialogue.isPipelining()) {
      learnt(Trait.NO_PIPELINING);
    }
    return dialogue.endedBy(EndOfChannel.of(failure, "the camera", dialogue.unanswered()));
  }

  @Override
  public void playing() {
    media.start(now);
    context.owner().playing();
  }

  @Override
  public void playAnswered(PlayRequest asked, RtspResponse answer) {
    context.owner().playAnswered(asked, answer);
  }

  @Override
  public void paused() {
    media.paused();
    context.owner().paused();
  }

  @Override
  public void answered(long id, RtspResponse response) {
    context.owner().answered(id, response);
  }

  @Override
  public void refused(long id, String reason) {
    context.owner().refused(id, reason);
  }

  @Override
  public void ended(EndReason end) {
    flush();
    onEnd.accept(end);
  }
}
