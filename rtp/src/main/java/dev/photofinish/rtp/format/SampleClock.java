package dev.photofinish.rtp.format;

/** The times of the audio frames that came with one timestamp, one after the other. */
final class SampleClock {
  private final int clockRate;
  private long timestamp;
  private long samples;

  /**
   * @param clockRate ticks of the timestamp a second
   */
  SampleClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /** The next frame is at this timestamp. */
  void start(long rtpTimestamp) {
    timestamp = rtpTimestamp;
    samples = 0;
  }

  /** The timestamp of the next frame, 32 bits, unsigned. */
  long timestamp(int sampleRate) {
    return (timestamp + ticks(sampleRate)) & 0xffff_ffffL;
  }

  /** Goes behind the next frame; its duration in ticks. */
  int advance(int frameSamples, int sampleRate) {
    long from = ticks(sampleRate);
    samples += frameSamples;
    return (int) Math.min(Integer.MAX_VALUE, ticks(sampleRate) - from);
  }

  private long ticks(int sampleRate) {
    return samples * clockRate / sampleRate;
  }
}
