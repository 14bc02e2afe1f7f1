package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The described media on their way to be tracks of a session, each by its place in the description:
 * those that are to be asked for, and those that are set up.
 */
final class SessionTracks {
  private final DialogueContext dialogue;
  private final SessionIdentity session;
  private final TreeSet<Integer> waiting = new TreeSet<>();
  private final NavigableMap<Integer, Track> tracks = new TreeMap<>();

  private List<DescribedMedia> media = List.of();

  /** The transport that is asked for, by its place among those of the options. */
  private int plan;

  /** Whether what is described by {@code RTP/AVPF} is asked for by that. */
  private boolean feedback;

  SessionTracks(DialogueContext dialogue) {
    this.dialogue = dialogue;
    this.session = new SessionIdentity(dialogue);
  }

  SessionIdentity session() {
    return session;
  }

  void described(List<DescribedMedia> described) {
    media = described;
    startAgain();
  }

  /** All media are to be set up, again if some were. */
  void startAgain() {
    dialogue.backChannel().setUp(media.stream().anyMatch(DescribedMedia::isBackChannel));
    tracks.clear();
    waiting.clear();
    for (int place = 0; place < media.size(); place++) {
      waiting.add(place);
    }
  }

  DescribedMedia media(int place) {
    return media.get(place);
  }

  /** The places that are to be asked for, in order; may be changed. */
  SortedSet<Integer> waiting() {
    return waiting;
  }

  boolean areAny() {
    return !tracks.isEmpty();
  }

  /** Those that are set up, in the description's order. */
  List<Track> ready() {
    return List.copyOf(tracks.values());
  }

  // ---- Transport

  TransportPlan plan() {
    return dialogue.options().transports().get(plan);
  }

  /** Goes on to the next transport; false if this is the last. */
  boolean nextPlan() {
    boolean isLast = plan + 1 == dialogue.options().transports().size();
    plan += isLast ? 0 : 1;
    feedback &= isLast;
    return !isLast;
  }

  /**
   * Asks for what is described by {@code RTP/AVPF} by that from now on; false where the media is
   * not, or was asked for so. Most cameras that describe it take {@code RTP/AVP}, and some that
   * alone.
   */
  boolean useFeedback(int place) {
    boolean next = !feedback && media(place).hasFeedback();
    feedback |= next;
    return next;
  }

  void firstPlan() {
    plan = 0;
  }

  // ---- SETUP

  /**
   * The transport that a SETUP asks for.
   *
   * @param ports that were opened; null where none are needed
   */
  TransportHeader offer(int place, @Nullable Pair ports) {
    TransportHeader offer = plan().offer(place, ports);
    return media(place).profile(feedback).map(offer::withProfile).orElse(offer);
  }

  /** Sends SETUP of a media, and returns its CSeq. */
  int ask(int place, TransportHeader offer, long now) {
    DescribedMedia asked = media(place);
    PlayRequest play = dialogue.play();
    PlayRequest required = asked.isBackChannel() ? dialogue.backChannel().require(play) : play;
    Headers headers = required.required().plus(HeaderNames.TRANSPORT, offer.toString());
    Optional<String> key = asked.keys().flatMap(MediaKeys::offer);
    if (key.isPresent()) {
      String value = KeyMgmtHeader.mikey(asked.control().toString(), key.get()).value();
      headers = headers.plus(HeaderNames.KEY_MGMT, value);
    }
    return dialogue.setUp(asked.control(), headers, plan(), now);
  }

  /**
   * The keys of a media with those that the answer to its SETUP gives; empty if it has none.
   *
   * @throws RtspFormatException if these cannot be used
   */
  Optional<MediaKeys> agreed(int place, RtspResponse response) throws RtspFormatException {
    Optional<MediaKeys> keys = media(place).keys();
    return keys.isEmpty()
        ? keys
        : Optional.of(keys.get().answered(response.headers().first(HeaderNames.KEY_MGMT)));
  }

  /**
   * The track that a successful answer to SETUP gives the media.
   *
   * @param offer that was sent
   * @param keys as {@link #agreed}
   * @throws RtspFormatException if the answer gives another transport
   */
  Track read(int place, TransportHeader offer, Optional<MediaKeys> keys, RtspResponse response)
      throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.TRANSPORT);
    DescribedMedia asked = media(place);
    TrackTransport transport =
        plan().answered(asked.media(), offer, header, dialogue.options().quirks());
    if (asked.isBackChannel() && isWithoutPorts(transport)) {
      throw new RtspFormatException("Transport header", header.orElse(""), "server_port=2000-2001");
    }
    return new Track(
        asked.media(), asked.control(), apart(transport, offer), keys, asked.outgoing());
  }

  /**
   * The Transport header of an answer that gives channels of the RTSP connection for ports; empty
   * if it does not.
   */
  Optional<String> channelsForPorts(RtspResponse response) throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.TRANSPORT);
    boolean channels =
        plan().needsPorts() && header.isPresent() && TransportHeader.parse(header.get()).isTcp();
    return channels ? header : Optional.empty();
  }

  /**
   * Has media come over the RTSP connection from now on; false where the options do not allow that,
   * or a media comes by datagrams already.
   */
  boolean useConnection() {
    List<TransportPlan> plans = dialogue.options().transports();
    for (int other = 0; tracks.isEmpty() && other < plans.size(); other++) {
      if (!plans.get(other).areDatagrams()) {
        plan = other;
        return true;
      }
    }
    return false;
  }

  /**
   * Channels of its own. A camera that gives each media the same ones, such as {@code
   * interleaved=0}, sends by those that were asked for.
   */
  private TrackTransport apart(TrackTransport transport, TransportHeader offer) {
    boolean isTaken =
        transport instanceof TrackTransport.Interleaved
            && tracks.values().stream().anyMatch(other -> other.transport().equals(transport));
    return isTaken ? new TrackTransport.Interleaved(offer.interleaved().orElseThrow()) : transport;
  }

  /** Nothing comes from there that would say where to send to. */
  private static boolean isWithoutPorts(TrackTransport transport) {
    return transport instanceof TrackTransport.Udp udp && udp.server().isEmpty();
  }

  void add(int place, Track track) {
    tracks.put(place, track);
    waiting.remove(place);
  }

  void leaveOut(int place, String why) {
    if (isBackChannel(place)) {
      dialogue.backChannel().leaveOut(why);
    } else {
      dialogue.skipped(media(place).media(), why);
    }
    waiting.remove(place);
  }

  /** Whether earlier connections ended at SETUP of the media by the present transport. */
  boolean isFatal(int place) {
    return dialogue.options().known().endsAtSetupOf(media(place), plan().areDatagrams());
  }

  /** Whether that is so of each media that is to come. */
  boolean areAllFatal() {
    List<Integer> incoming = waiting.stream().filter(place -> !isBackChannel(place)).toList();
    return !incoming.isEmpty() && incoming.stream().allMatch(this::isFatal);
  }

  /** Whether one that is to come is still to be asked for. */
  boolean isAnyComing() {
    return waiting.stream().anyMatch(place -> !isBackChannel(place));
  }

  boolean isBackChannel(int place) {
    return media(place).isBackChannel();
  }
}
