package dev.photofinish.camera.media;

import java.util.List;

/** A gentle tone of 440 Hz at -26 dBFS, 20 ms a packet. */
public final class ToneSource implements MediaSource {

  private static final int SAMPLES = 160;
  private static final long INTERVAL_NANOS = 20_000_000;
  private static final double HERTZ = 440;
  private static final double AMPLITUDE = 1640;

  private final G711 codec;

  public ToneSource(G711 codec) {
    this.codec = codec;
  }

  @Override
  public String media() {
    return "audio";
  }

  @Override
  public int payloadType() {
    return codec.payloadType();
  }

  @Override
  public int clockRate() {
    return G711.CLOCK_RATE;
  }

  @Override
  public boolean marked() {
    return false;
  }

  @Override
  public List<String> attributes() {
    return List.of("a=rtpmap:" + codec.payloadType() + " " + codec.name() + "/8000", "a=ptime:20");
  }

  @Override
  public long dueNanos(long index) {
    return index * INTERVAL_NANOS;
  }

  @Override
  public List<byte[]> unit(long index, boolean continuous) {
    byte[] payload = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double seconds = (double) (index * SAMPLES + i) / G711.CLOCK_RATE;
      payload[i] =
          codec.encode((int) Math.round(AMPLITUDE * Math.sin(seconds * HERTZ * 2 * Math.PI)));
    }
    return List.of(payload);
  }
}
