package dev.photofinish.relay.fanout;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The wall times of a track: those of what was sent, and before that what others say of it. */
final class TrackTimes {
  private final long first;
  private final int clockRate;

  /** What sender reports tell of. */
  private @Nullable SentTime sent;

  /** When the first timestamp is due, as other tracks say that began before. */
  private @Nullable SentTime told;

  /**
   * @param first timestamp, 32 bits, which readers may be told before a packet came
   * @param clockRate 0 where it is not known
   */
  TrackTimes(long first, int clockRate) {
    this.first = first;
    this.clockRate = clockRate;
  }

  /** The time of something that was sent; null before the first. */
  @Nullable SentTime sent() {
    return sent;
  }

  /** When something is due that comes now, 64 bits; empty before something was sent. */
  OptionalLong due(long now) {
    return sent == null ? OptionalLong.empty() : OptionalLong.of(sent.ntpAt(now));
  }

  /** What is known of the track; null where that is nothing. */
  @Nullable SentTime known() {
    return sent == null ? told : sent;
  }

  /**
   * Another track has begun: the first timestamps of both are of one instant, as readers were told
   * that came before.
   */
  void began(TrackTimes other) {
    SentTime of = other.sent;
    if (told == null && of != null && clockRate > 0 && other.clockRate > 0) {
      SentTime begin = new SentTime(first, of.ntpOf(other.first, other.clockRate), of.at());
      told = new SentTime(begin.timestampAt(of.ntp(), clockRate), of.ntp(), of.at());
    }
  }

  boolean isTold() {
    return told != null;
  }

  /** The timestamp of a first packet that comes now. */
  long first(long now) {
    return told == null ? first : told.timestampAt(told.ntpAt(now), clockRate);
  }

  /** Something was sent; returns by how many nanoseconds it had to be moved. */
  long sent(SentTime said) {
    long behind = sent == null ? 0 : sent.behind(said, clockRate);
    sent = said.moved(behind);
    return behind;
  }
}
