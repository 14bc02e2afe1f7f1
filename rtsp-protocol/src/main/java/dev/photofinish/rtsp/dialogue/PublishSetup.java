package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tracks of a publisher: those that are set up, and the transport that is asked for. */
final class PublishSetup {
  /** RFC 2326 section 11.3.12; some say 406 Not Acceptable. */
  static final Set<Integer> UNSUPPORTED_TRANSPORT = Set.of(461, 406);

  private final List<MediaDescription> media;
  private final List<TransportPlan> plans;
  private final List<TrackTransport> tracks = new ArrayList<>();
  private int plan;

  /** Of the SETUP that is sent next, or waits for its answer; null while it is not known. */
  private @Nullable TransportHeader offer;

  /**
   * @param plans to ask for, in their order
   */
  PublishSetup(List<MediaDescription> media, List<TransportPlan> plans) {
    this.media = media;
    this.plans = plans;
  }

  /** The number of the track that comes next. */
  int track() {
    return tracks.size();
  }

  boolean isComplete() {
    return tracks.size() == media.size();
  }

  List<TrackTransport> tracks() {
    return List.copyOf(tracks);
  }

  TransportPlan plan() {
    return plans.get(plan);
  }

  /** Whether ports have to be opened before SETUP of the next track is sent. */
  boolean needsPorts() {
    return offer == null && plan().needsPorts();
  }

  void portsOpened(Pair ports) {
    offer = plan().offer(track(), ports).recording();
  }

  /** The Transport header of the next SETUP. */
  TransportHeader offer() {
    if (offer == null) {
      offer = plan().offer(track(), null).recording();
    }
    return offer;
  }

  /**
   * Takes the answer to the SETUP of a track.
   *
   * @param header its Transport header, if it has one
   * @throws RtspFormatException if it is another transport, or does not say where to send to
   */
  void answered(Optional<String> header) throws RtspFormatException {
    TransportHeader asked = offer();
    TrackTransport transport = plan().answered(media.get(track()), asked, header, Quirk.defaults());
    if (transport instanceof TrackTransport.Udp udp && udp.server().isEmpty()) {
      throw new RtspFormatException("Transport header", header.orElse(""), "a server_port");
    }
    tracks.add(transport);
    offer = null;
  }

  /** Moves on to the next transport; false where there is none, or a track has this one. */
  boolean moveOn() {
    if (!tracks.isEmpty() || plan + 1 >= plans.size()) {
      return false;
    }
    plan++;
    offer = null;
    return true;
  }
}
