package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The key frames that a connection asks for, of each track whose description takes that. What is
 * wanted before a track has brought a packet, or before there are tracks, is asked for behind the
 * first: feedback is about a source (RFC 4585 section 6.1).
 */
final class KeyFrameRequests {
  /** Asks the camera. */
  interface Sender {
    /** Whether the track has a source to ask, and was asked. */
    boolean ask(int track, long now);
  }

  private final Sender sender;
  private List<KeyFrameSchedule> tracks = List.of();
  private List<KeyFrameSchedule> takers = List.of();
  private boolean early;

  KeyFrameRequests(Sender sender) {
    this.sender = sender;
  }

  /** These are the tracks from now on; what is still wanted of those before is wanted of them. */
  void assign(List<Track> next) {
    boolean wanted = early || takers.stream().anyMatch(KeyFrameSchedule::isWanted);
    List<KeyFrameSchedule> all = new ArrayList<>();
    List<KeyFrameSchedule> taking = new ArrayList<>();
    for (Track track : next) {
      KeyFrameSchedule schedule = new KeyFrameSchedule();
      all.add(schedule);
      if (track.media().takesKeyFrameRequests()) {
        taking.add(schedule);
      }
    }
    tracks = List.copyOf(all);
    takers = List.copyOf(taking);
    early = false;
    if (wanted) {
      request();
    }
  }

  /** A key frame is wanted of each track. */
  void request() {
    early = tracks.isEmpty();
    takers.forEach(KeyFrameSchedule::request);
  }

  /** Nothing is asked for any more. */
  void stop() {
    early = false;
    takers.forEach(KeyFrameSchedule::stop);
  }

  OptionalLong deadline() {
    OptionalLong first = OptionalLong.empty();
    for (KeyFrameSchedule track : takers) {
      first = Deadlines.earlier(first, track.deadline());
    }
    return first;
  }

  /** Asks for what is due. */
  void send(long now) {
    for (int track = 0; track < tracks.size(); track++) {
      send(track, now);
    }
  }

  /** A packet of {@code track} came: it may be asked now. */
  void packet(int track, long now) {
    if (tracks.get(track).isWanted()) {
      send(track, now);
    }
  }

  private void send(int track, long now) {
    KeyFrameSchedule schedule = tracks.get(track);
    if (schedule.take(now) && !sender.ask(track, now)) {
      schedule.postpone();
    }
  }
}
