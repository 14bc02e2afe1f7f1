package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a set-up that are sent ahead of the answers before theirs: SETUP of the second
 * and every further media, and PLAY (RFC 2326 section 9.1: "a client that supports persistent
 * connections MAY pipeline its requests"). Each saves a round trip.
 *
 * <p>Not every camera takes that. What it refuses or leaves unanswered is asked again one by one,
 * and only where that goes well was it the pipelining: then {@link Trait#NO_PIPELINING} is learnt.
 */
final class Pipeline {
  /** So many SETUPs are sent ahead at most: fewer than there is room for in {@link Requests}. */
  static final int MOST_SETUPS = 8;

  /** How long a camera may be quiet of which it is not known that it takes requests ahead. */
  private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

  private final DialogueContext dialogue;

  /** The media of each SETUP without an answer, by CSeq. */
  private final Map<Integer, Integer> setups = new LinkedHashMap<>();

  /** Why a SETUP failed, human-readable, by media. */
  private final Map<Integer, String> failed = new TreeMap<>();

  private int play;
  private boolean playSent;
  private @Nullable Sent played;
  private @Nullable RtspResponse playAnswer;

  /** Sent, and not known yet to be taken. */
  private boolean open;

  private boolean declined;
  private boolean challenged;

  Pipeline(DialogueContext dialogue) {
    this.dialogue = dialogue;
  }

  /** Whether requests are to be sent ahead on this connection. */
  boolean isWanted() {
    return !declined && !dialogue.options().known().has(Trait.NO_PIPELINING);
  }

  // ---- Requests

  void begin() {
    clear();
    open = true;
    challenged = false;
  }

  /** A SETUP of this media was sent ahead. */
  void setUp(int cseq, int media) {
    setups.put(cseq, media);
  }

  /** PLAY was sent ahead. */
  void play(int cseq) {
    play = cseq;
    playSent = true;
  }

  /** Sets the time for the next answer. */
  void await(long now) {
    boolean proven = dialogue.options().known().has(Trait.PIPELINES);
    dialogue.expectWithin(proven ? Long.MAX_VALUE : PATIENCE, now);
  }

  // ---- Answers

  boolean isAwaited(Sent sent) {
    return setups.containsKey(sent.cseq()) || isPlay(sent);
  }

  boolean isPlay(Sent sent) {
    return sent.cseq() == play;
  }

  /** Whether any request that was sent ahead has no answer. */
  boolean awaitsAny() {
    return !setups.isEmpty() || play != 0;
  }

  boolean awaitsSetups() {
    return !setups.isEmpty();
  }

  /** The answer to a SETUP came; returns its media. */
  int answered(Sent sent) {
    return Objects.requireNonNull(setups.remove(sent.cseq()));
  }

  void playAnswered(Sent sent, RtspResponse response) {
    play = 0;
    played = sent;
    playAnswer = response;
  }

  /** The answer to PLAY that a settled pipeline has; null if it was not sent or not answered. */
  @Nullable RtspResponse playAnswer() {
    return playAnswer;
  }

  Sent played() {
    return Objects.requireNonNull(played);
  }

  /** Whether PLAY is sent, so that none has to be when all media are set up. */
  boolean hasPlay() {
    return playSent;
  }

  void failed(int media, String reason) {
    failed.put(media, reason);
  }

  /** The media whose SETUP was refused, or not answered, with the reason. */
  Map<Integer, String> failed() {
    Map<Integer, String> all = new TreeMap<>(failed);
    setups.values().forEach(media -> all.put(media, "its SETUP was not answered"));
    return all;
  }

  /** Whether this is the first 401: those of the same nonce that follow say nothing more. */
  boolean isFirstChallenge() {
    boolean first = !challenged;
    challenged = true;
    return first;
  }

  // ---- What it says of the camera

  /** What was sent ahead is asked again one by one, as all on this connection from now on. */
  void decline() {
    clear();
    declined = true;
    dialogue.requests().forgetAll();
  }

  /** All plays: what was sent ahead was taken, or it was needless to ask one by one. */
  void playing() {
    if (open) {
      dialogue.learnt(declined ? Trait.NO_PIPELINING : Trait.PIPELINES);
    }
    open = false;
    clear();
  }

  /** Whether an end of the connection may be due to it. */
  boolean isOpen() {
    return open && !dialogue.options().known().has(Trait.PIPELINES);
  }

  private void clear() {
    setups.clear();
    failed.clear();
    play = 0;
    playSent = false;
    played = null;
    playAnswer = null;
  }
}
