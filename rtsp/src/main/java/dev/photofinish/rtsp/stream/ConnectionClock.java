package dev.photofinish.rtsp.stream;

import dev.photofinish.rtp.format.FrameTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes times of a {@link FrameClock} of the RTP timestamps of one connection's media.
 *
 * <p>Each media has its own line from timestamps to times. It begins at the arrival of its first
 * frame; the lines are put together by what the camera says of them:
 *
 * <ol>
 *   <li>RTP-Info (RFC 2326 section 12.33): the timestamps that it gives are of one instant;
 *   <li>sender reports (RFC 3550 section 6.4.1): timestamps and wall clock. The clock of the camera
 *       is the clock of the stream from then on, and the drift of a media against it is corrected;
 *   <li>ONVIF's replay extension, which says the wall clock of each access unit of a recording.
 * </ol>
 *
 * <p>A line that has to move by up to 0.5 s does so by running 5 % faster or slower; if by more, it
 * steps, always forward: instead of one that would have to step back, all others step ahead. What
 * cannot be is not believed: RTP-Info and reports more than 10 s from the frames, NTP times of 0,
 * and media whose reports lie more than 10 s apart. A wall clock that jumps was set: the wall clock
 * of the frames follows it, their times do not.
 */
public final class ConnectionClock {
  private final FrameClock timeline;
  private final List<TrackClock> tracks = new ArrayList<>();
  private boolean recording;

  /** The time of what RTP-Info gives timestamps of. */
  private OptionalLong instant = OptionalLong.empty();

  /** What the media of the connection before had between wall clock and time. */
  private List<Long> inherited = List.of();

  /**
   * @param clockRates ticks a second of each media, in their order; 0 where it is not known, then
   *     arrival is all there is
   * @param recording whether what plays is no live media: it may come at any pace
   */
  public ConnectionClock(FrameClock timeline, List<Integer> clockRates, boolean recording) {
    this.timeline = timeline;
    this.recording = recording;
    for (int rate : clockRates) {
      tracks.add(new TrackClock(tracks.size(), rate, timeline, this));
    }
  }

  // ---- What the camera says

  /** RTP-Info gives this timestamp of a media for the instant at which PLAY begins. */
  public void begins(int track, long rtpTime) {
    tracks.get(track).begins(rtpTime);
  }

  /**
   * A sender report of a media.
   *
   * @param ntp its NTP timestamp, 64 bits; 0 says nothing
   * @param rtpTime the same instant as an RTP timestamp
   */
  public void reported(int track, long ntp, long rtpTime) {
    if (ntp != 0) {
      tracks.get(track).reported(ntp, rtpTime, false);
    }
  }

  /** ONVIF's replay extension: the access unit with this timestamp was recorded then. */
  public void recorded(int track, long ntp, long rtpTime) {
    tracks.get(track).reported(ntp, rtpTime, true);
  }

  // ---- Frames

  /**
   * The time of a frame. The first one makes this connection the stream's.
   *
   * @param timestamp of RTP
   * @param arrival of its first packet
   */
  public FrameTime time(int track, long timestamp, long arrival) {
    if (!timeline.isCurrent(this)) {
      inherited = timeline.take(this).map(ConnectionClock::bases).orElse(List.of());
      tracks.forEach(TrackClock::startOver);
    }
    return tracks.get(track).time(timestamp, arrival);
  }

  /** A media has another source: what follows does not continue what came before. */
  public void restart(int track) {
    tracks.get(track).restart();
  }

  /**
   * What plays begins elsewhere, or again after a pause.
   *
   * @param ofRecording whether it is a recording from now on, whose wall clock says nothing of the
   *     time in between
   */
  public void restart(boolean ofRecording) {
    recording = ofRecording;
    inherited = ofRecording ? List.of() : bases();
    instant = OptionalLong.empty();
    tracks.forEach(TrackClock::restart);
  }

  // ---- For its tracks

  boolean isOfRecording() {
    return recording;
  }

  private List<Long> bases() {
    List<Long> bases = new ArrayList<>();
    tracks.forEach(track -> track.base().ifPresent(bases::add));
    return bases.isEmpty() ? inherited : bases;
  }

  /** The time of the instant of RTP-Info; that of the first media is the one of all. */
  long instant(long own) {
    instant = OptionalLong.of(instant.orElse(own));
    return instant.getAsLong();
  }

  /**
   * What another media has between wall clock and time, the nearest to {@code own}; if none has,
   * what the connection before had.
   */
  OptionalLong nearestBase(TrackClock self, long own) {
    OptionalLong nearest = OptionalLong.empty();
    for (TrackClock track : tracks) {
      if (track != self && track.base().isPresent()) {
        nearest = nearer(nearest, track.base().getAsLong(), own);
      }
    }
    boolean none = nearest.isEmpty();
    for (int i = 0; none && i < inherited.size(); i++) {
      nearest = nearer(nearest, inherited.get(i), own);
    }
    return nearest;
  }

  private static OptionalLong nearer(OptionalLong a, long b, long own) {
    boolean closer = a.isEmpty() || Math.abs(b - own) < Math.abs(a.getAsLong() - own);
    return closer ? OptionalLong.of(b) : a;
  }

  boolean isAnotherSynchronized(TrackClock self) {
    return tracks.stream().anyMatch(track -> track != self && track.isTogether());
  }

  /** A media has the same base as those that have it too: they are together. */
  void together(long base) {
    tracks.forEach(track -> track.together(base));
  }

  /** Moves all that comes on this connection ahead. */
  void raise(long nanos) {
    tracks.forEach(track -> track.raise(nanos));
    inherited = inherited.stream().map(base -> base - nanos).toList();
    if (instant.isPresent()) {
      instant = OptionalLong.of(instant.getAsLong() + nanos);
    }
  }
}
