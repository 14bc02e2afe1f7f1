package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.TrackStart;

/**
 * The next packet of a track, if it came now. Those of all tracks are of one instant, as RTP-Info
 * has it (RFC 2326 section 12.33).
 *
 * @param timestamp 32 bits
 * @param clockRate ticks a second; 0 where it is not known
 */
record NextPacket(int track, int sequence, long timestamp, int clockRate) {
  /** More than a group is drawn together to: those are pictures of before an outage. */
  private static final double LONG_AGO_SECONDS = 10;

  /** The start of a reader whose media begin so many seconds earlier. */
  TrackStart earlier(double seconds) {
    long time = (timestamp - Math.round(seconds * clockRate)) & 0xffff_ffffL;
    return new TrackStart(track, sequence, time);
  }

  /** By how much a timestamp of this track is earlier, in seconds; 0 where it is of long ago. */
  double since(long of) {
    double seconds = clockRate == 0 ? 0 : (int) (timestamp - of) / (double) clockRate;
    return Math.abs(seconds) > LONG_AGO_SECONDS ? 0 : seconds;
  }
}
