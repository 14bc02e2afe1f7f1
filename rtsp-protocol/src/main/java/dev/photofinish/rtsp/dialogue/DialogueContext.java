package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.KeyAgreement;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Dialogue} that its others share: how far it is, its requests, and the
 * commands that its driver has not run yet.
 */
final class DialogueContext {
  /** How long TEARDOWN's answer is waited for. */
  private static final long TEARDOWN_NANOS = Duration.ofSeconds(1).toNanos();

  private final DialogueOptions options;
  private final Authenticator authenticator;
  private final Requests requests;
  private final KeepAlive keepAlive;
  private final MisnumberedAnswer misnumbered = new MisnumberedAnswer();
  private final KeyAgreement keys;
  private final BackChannel backChannel;
  private final ReplayExtension replay = new ReplayExtension(this);
  private final Queue<DialogueCommand> commands = new ArrayDeque<>();

  private DialogueState state = DialogueState.IDLE;
  private String description = "";
  private long answerDue;

  DialogueContext(DialogueOptions options, LocalSource local, RandomGenerator random) {
    this.options = options;
    this.authenticator = new Authenticator(options.credentials(), options.scheme(), random);
    this.requests = new Requests(options.userAgent(), authenticator, options.quirks());
    if (options.known().has(Trait.MISNUMBERS)) {
      requests.misnumbers();
    }
    this.keepAlive = new KeepAlive(options.keepAlive(), options.known());
    this.keys = new KeyAgreement(local, random);
    this.backChannel = new BackChannel(this);
  }

  DialogueOptions options() {
    return options;
  }

  boolean forgives(Quirk quirk) {
    return options.quirks().contains(quirk);
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Requests requests() {
    return requests;
  }

  KeepAlive keepAlive() {
    return keepAlive;
  }

  KeyAgreement keys() {
    return keys;
  }

  BackChannel backChannel() {
    return backChannel;
  }

  ReplayExtension replay() {
    return replay;
  }

  /** What the first PLAY asks for, as the camera takes it. */
  PlayRequest play() {
    return replay.of(options.play());
  }

  DialogueState state() {
    return state;
  }

  /** What the camera answered to DESCRIBE; empty before. */
  String description() {
    return description;
  }

  void description(String text) {
    description = text;
  }

  boolean is(DialogueState asked) {
    return state == asked;
  }

  /** Takes one of the steps that {@link DialogueState} allows. */
  void become(DialogueState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(state + " cannot become " + next);
    }
    state = next;
  }

  // ---- For the driver

  @Nullable DialogueCommand poll() {
    return commands.poll();
  }

  OptionalLong deadline() {
    OptionalLong own = answerDeadline();
    OptionalLong other = misnumbered.deadline();
    boolean earlier =
        own.isPresent() && other.isPresent() && other.getAsLong() - own.getAsLong() < 0;
    return earlier ? other : own;
  }

  /** When what is waited for, or the next keep-alive, is due; empty for never. */
  OptionalLong answerDeadline() {
    if (state.awaitsAnswer() || state == DialogueState.LEAVING) {
      return OptionalLong.of(answerDue);
    }
    return state.isSetUp() && keepAlive.isPossible()
        ? OptionalLong.of(keepAlive.dueAt())
        : OptionalLong.empty();
  }

  void command(DialogueCommand command) {
    commands.add(command);
  }

  /** Sends a request, and returns its CSeq. */
  int send(Method method, RtspUrl url, Headers extra, long now) {
    return send(method, url, extra, Body.empty(), now);
  }

  /** Sends a request with a body, and returns its CSeq. */
  int send(Method method, RtspUrl url, Headers extra, Body body, long now) {
    return send(requests.make(method, url.toString(), extra, body, now), now);
  }

  /** Sends SETUP of a media that is to come as {@code plan} says, and returns its CSeq. */
  int setUp(RtspUrl url, Headers extra, TransportPlan plan, long now) {
    return send(requests.setUp(url.toString(), extra, plan.areDatagrams(), now), now);
  }

  private int send(RtspRequest request, long now) {
    command(new DialogueCommand.Send(request));
    keepAlive.used(now);
    boolean leaving = state == DialogueState.LEAVING;
    answerDue = now + (leaving ? TEARDOWN_NANOS : options.responseTimeout().toNanos());
    return request.cseq().orElseThrow();
  }

  /** The answers to what was sent ahead are due in {@code patience} from now. */
  void expectWithin(long patience, long now) {
    answerDue = now + Math.min(patience, options.responseTimeout().toNanos());
  }

  /**
   * The request that waits for its answer; null for none. While media flows, answers to earlier
   * keep-alives may have been lost.
   */
  @Nullable Sent unanswered() {
    return state.awaitsAnswer() ? requests.oldestUnanswered() : requests.latestUnanswered();
  }

  /** Asks the driver for ports; the answer is an event. */
  void openPorts(int index, long now) {
    command(new DialogueCommand.OpenPorts(index));
    answerDue = now + options.responseTimeout().toNanos();
  }

  void joinGroup(int index, TrackTransport.Multicast group, long now) {
    command(new DialogueCommand.JoinGroup(index, group));
    answerDue = now + options.responseTimeout().toNanos();
  }

  void learnt(Trait trait) {
    command(new DialogueCommand.Learnt(trait));
  }

  void skipped(MediaDescription media, String reason) {
    command(new DialogueCommand.TrackSkipped(media, reason));
  }

  // ---- Answers

  /** Whether the challenge can be answered; if not, that ends the dialogue. */
  boolean canAnswer(Sent sent, RtspResponse response) {
    Authenticator.Verdict verdict = challenged(sent, response);
    if (verdict == Authenticator.Verdict.ANSWER) {
      return true;
    }
    end(EndReasonReader.noLogin(said(sent, response), authenticator, verdict));
    return false;
  }

  /**
   * Whether the challenge to a request that the session can do without can be answered; if not, the
   * request is refused, and what plays goes on.
   */
  boolean isAnswerable(Sent sent, RtspResponse response) {
    return challenged(sent, response) == Authenticator.Verdict.ANSWER;
  }

  private Authenticator.Verdict challenged(Sent sent, RtspResponse response) {
    List<String> challenges = response.headers().all(HeaderNames.WWW_AUTHENTICATE);
    return authenticator.challenged(challenges, sent.authorized());
  }

  /** A response came that names no open request. */
  void strayAnswer(RtspResponse response, long now) {
    if (requests.isMisnumbered(response)) {
      misnumbered.keep(response, Objects.requireNonNull(requests.onlyUnanswered()), now);
    }
  }

  /** The response that is the answer to the only open request, if it is time; null if not. */
  @Nullable RtspResponse takeMisnumbered(long now) {
    RtspResponse taken = misnumbered.take(requests.onlyUnanswered(), now);
    if (taken != null) {
      requests.misnumbers();
      learnt(Trait.MISNUMBERS);
    }
    return taken;
  }

  // ---- The end

  void end(EndReason reason) {
    become(DialogueState.OVER);
    command(new DialogueCommand.Ended(reason));
  }

  void end(EndReason.Kind kind, String reason) {
    end(new EndReason(kind, reason));
  }

  /** Human-readable: {@code 404 Not Found to SETUP rtsp://192.0.2.1/track1 (CSeq 3)}. */
  String said(Sent sent, RtspResponse response) {
    return sent.answeredBy(response);
  }

  static EndReason broken(Sent sent, RtspFormatException e) {
    return new EndReason(EndReason.Kind.BROKEN, "answer to " + sent + ": " + e.getMessage());
  }

  /** Keys, or ways to encrypt, that are of no use here. */
  static EndReason noKeys(Sent sent, RtspFormatException e) {
    String why = "encrypted, and not by keys that can be used: answer to ";
    return new EndReason(EndReason.Kind.NO_TRANSPORT, why + sent + ": " + e.getMessage());
  }
}
