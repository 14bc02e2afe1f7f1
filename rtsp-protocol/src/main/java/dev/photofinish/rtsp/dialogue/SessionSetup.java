package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to a session: DESCRIBE, then SETUP of one media after the other. */
final class SessionSetup {
  private static final int NOT_FOUND = 404;

  /** RFC 2326 section 11.3.12. */
  private static final int UNSUPPORTED_TRANSPORT = 461;

  private final DialogueContext dialogue;
  private final PlayControl playback;
  private final List<Track> tracks = new ArrayList<>();

  private List<DescribedMedia> media = List.of();
  private int next;

  /** The transport that is asked for, by its place among those of the options. */
  private int plan;

  /** The transport that is asked for; null while it is not. */
  private @Nullable TransportHeader offer;

  private @Nullable EndReason refusal;
  private @Nullable String otherSession;

  /**
   * @param playback goes on when all are set up
   */
  SessionSetup(DialogueContext dialogue, PlayControl playback) {
    this.dialogue = dialogue;
    this.playback = playback;
  }

  /** Whether the camera has set up one media of the session at least. */
  boolean hasTracks() {
    return !tracks.isEmpty();
  }

  // ---- DESCRIBE

  void describe(long now) {
    Headers accept = Headers.of(HeaderNames.ACCEPT, "application/sdp");
    dialogue.send(Method.DESCRIBE, dialogue.options().url(), accept, now);
  }

  void described(Sent sent, RtspResponse response, long now) {
    if (!response.isSuccess()) {
      boolean unknown = response.status() == NOT_FOUND;
      EndReason.Kind kind = unknown ? EndReason.Kind.NOT_FOUND : EndReason.Kind.REFUSED;
      dialogue.end(kind, dialogue.said(sent, response));
      return;
    }
    try {
      DialogueOptions options = dialogue.options();
      Presentation presentation = Presentation.of(options.url(), response, options.media());
      media = presentation.media();
      playback.control(presentation.aggregate());
      dialogue.become(DialogueState.SETTING_UP);
      setUp(now);
    } catch (RtspFormatException e) {
      dialogue.end(DialogueContext.broken(sent, e));
    }
  }

  // ---- SETUP

  /** Sets up the next media; when there is none, all are played. */
  void setUp(long now) {
    skipFatal();
    if (next < media.size()) {
      ask(now);
    } else if (tracks.isEmpty()) {
      dialogue.end(Objects.requireNonNull(refusal));
    } else {
      playback.begin(List.copyOf(tracks), now);
    }
  }

  private void ask(long now) {
    if (offer == null && plan().needsPorts()) {
      dialogue.openPorts(next, now);
      return;
    }
    if (offer == null) {
      offer = plan().offer(next, null);
    }
    Headers headers = Headers.of(HeaderNames.TRANSPORT, offer.toString());
    dialogue.send(Method.SETUP, media.get(next).control(), headers, now);
  }

  void portsOpened(Pair ports, long now) {
    offer = plan().offer(next, ports);
    ask(now);
  }

  void portsFailed(String reason, long now) {
    refused(new EndReason(EndReason.Kind.LOCAL, reason), now);
  }

  private TransportPlan plan() {
    return dialogue.options().transports().get(plan);
  }

  /** Leaves out the media whose SETUP ended earlier connections. */
  private void skipFatal() {
    while (next < media.size() && isFatal(media.get(next))) {
      String why = "its SETUP ended the connection twice";
      refusal = new EndReason(EndReason.Kind.REFUSED, why);
      dialogue.skipped(media.get(next++), why);
    }
  }

  private boolean isFatal(DescribedMedia asked) {
    return dialogue.options().fatal().contains(Method.SETUP + " " + asked.control());
  }

  void isSetUp(Sent sent, RtspResponse response, long now) {
    if (response.status() == UNSUPPORTED_TRANSPORT) {
      String said = dialogue.said(sent, response) + ": the camera does not take " + plan();
      refused(new EndReason(EndReason.Kind.NO_TRANSPORT, said), now);
      return;
    }
    if (!response.isSuccess()) {
      skip(new EndReason(EndReason.Kind.REFUSED, dialogue.said(sent, response)), now);
      return;
    }
    try {
      learnSession(response);
    } catch (RtspFormatException e) {
      dialogue.end(DialogueContext.broken(sent, e));
      return;
    }
    try {
      tracks.add(media.get(next).on(transport(response)));
      toNext(now);
    } catch (RtspFormatException e) {
      refused(DialogueContext.broken(sent, e), now);
    }
  }

  private TrackTransport transport(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.TRANSPORT);
    TransportHeader asked = Objects.requireNonNull(offer);
    return plan().answered(media.get(next).media(), asked, header, dialogue.options().quirks());
  }

  private void toNext(long now) {
    next++;
    offer = null;
    setUp(now);
  }

  /** Without the transport that was asked for: all media move on to another, if none has it yet. */
  private void refused(EndReason why, long now) {
    boolean isLast = plan + 1 == dialogue.options().transports().size();
    if (!tracks.isEmpty() || isLast) {
      plan = tracks.isEmpty() ? 0 : plan;
      skip(why, now);
      return;
    }
    plan++;
    offer = null;
    dialogue.command(new DialogueCommand.TransportRefused(why.reason()));
    setUp(now);
  }

  /** What failed for one media is not the end of the others, unless it failed for all. */
  private void skip(EndReason why, long now) {
    if (!dialogue.forgives(Quirk.REFUSED_MEDIA)) {
      dialogue.end(why);
      return;
    }
    refusal = why;
    dialogue.skipped(media.get(next), why.reason());
    toNext(now);
  }

  // ---- The session's id

  /** RFC 2326 section 12.37: the id that the first SETUP was answered with is the session's. */
  private void learnSession(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.SESSION);
    Requests requests = dialogue.requests();
    if (header.isPresent()) {
      SessionHeader session = SessionHeader.parse(header.get());
      if (requests.session() == null) {
        requests.session(session.id());
      } else if (!session.id().equals(requests.session())) {
        otherSession = session.id();
      }
      dialogue.keepAlive().timeout(session.effectiveTimeout());
    } else if (requests.session() == null && !dialogue.forgives(Quirk.NO_SESSION)) {
      throw new RtspFormatException("Session header", "", "an id");
    }
  }

  /**
   * A camera that changed the id between SETUPs may have meant the other one: its turn, once.
   *
   * @return whether there is another
   */
  boolean useOtherSession() {
    if (otherSession == null) {
      return false;
    }
    dialogue.requests().session(otherSession);
    otherSession = null;
    return true;
  }

  /** The session is lost (RFC 2326 section 11.3.5): sets up another from the same description. */
  void again(long now) {
    dialogue.requests().session(null);
    otherSession = null;
    tracks.clear();
    next = 0;
    offer = null;
    dialogue.become(DialogueState.SETTING_UP);
    setUp(now);
  }
}
