package dev.photofinish.rtsp.stream;

import java.util.List;

/** A connection that is nothing but a name, and one track. */
final class FakeConnection extends PlayedConnection {
  private final TrackArrivals track;
  private boolean answered = true;

  FakeConnection(String name) {
    this(name, new MediaArrivals(), new TrackArrivals());
  }

  private FakeConnection(String name, MediaArrivals media, TrackArrivals track) {
    super(name, media, true);
    this.track = track;
    media.assign(List.of(track));
  }

  /** Until now it was. */
  void neverAnswered() {
    answered = false;
  }

  @Override
  protected boolean wasAnswered() {
    return answered;
  }

  @Override
  public boolean hasTracks() {
    return answered;
  }

  @Override
  public boolean isOverUdp() {
    return false;
  }

  void media(long now) {
    track.packet(now);
  }

  @Override
  public String toString() {
    return remote();
  }
}
