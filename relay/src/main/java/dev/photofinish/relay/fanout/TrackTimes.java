package dev.photofinish.relay.fanout;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The wall times of a track: those of what was sent, and before that what readers were told. */
final class TrackTimes {
  /** What sender reports tell of. */
  private @Nullable SentTime sent;

  /** Of its first packet, told to readers before that came. */
  private @Nullable SentTime told;

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

  /** Readers are told that the first packet would have this timestamp if it were due now. */
  void tell(long timestamp, OptionalLong due, long now) {
    if (told == null && due.isPresent()) {
      told = new SentTime(timestamp, due.getAsLong(), now);
    }
  }

  boolean isTold() {
    return told != null;
  }

  /**
   * The timestamp of a first packet that comes now.
   *
   * @param unless nothing was told
   */
  long first(long unless, long now, int clockRate) {
    return told == null ? unless : told.timestampAt(told.ntpAt(now), clockRate);
  }

  /** Something was sent; returns by how many nanoseconds it had to be moved. */
  long sent(SentTime said, int clockRate) {
    long behind = sent == null ? 0 : sent.behind(said, clockRate);
    sent = said.moved(behind);
    return behind;
  }
}
