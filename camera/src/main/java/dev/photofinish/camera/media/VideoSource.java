package dev.photofinish.camera.media;

import java.time.Clock;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The test card at a steady rate, a key frame each second or otherwise. */
public final class VideoSource implements MediaSource {

  private static final int PAYLOAD_TYPE = 96;
  private static final int CLOCK_RATE = 90_000;

  private final H264Encoder encoder;
  private final int framesPerSecond;
  private final int keyInterval;
  private final Clock clock;

  /**
   * @param framesPerSecond 1 to 60
   * @param clock gives the time that is burnt in
   */
  public VideoSource(int framesPerSecond, Clock clock) {
    this(framesPerSecond, 0, clock);
  }

  /**
   * @param framesPerSecond 1 to 60
   * @param keyInterval frames from one key frame to the next; 0 for those of a second
   * @param clock gives the time that is burnt in
   */
  public VideoSource(int framesPerSecond, int keyInterval, Clock clock) {
    this.encoder = new H264Encoder(framesPerSecond);
    this.framesPerSecond = framesPerSecond;
    this.keyInterval = keyInterval == 0 ? framesPerSecond : keyInterval;
    this.clock = clock;
  }

  @Override
  public String media() {
    return "video";
  }

  @Override
  public int payloadType() {
    return PAYLOAD_TYPE;
  }

  @Override
  public int clockRate() {
    return CLOCK_RATE;
  }

  @Override
  public boolean marked() {
    return true;
  }

  @Override
  public List<String> attributes() {
    Base64.Encoder base64 = Base64.getEncoder();
    String sets =
        encoder.parameterSets().stream()
            .map(base64::encodeToString)
            .collect(Collectors.joining(","));
    return List.of(
        "a=rtpmap:96 H264/90000",
        "a=fmtp:96 packetization-mode=1;profile-level-id="
            + H264Encoder.PROFILE_LEVEL_ID
            + ";sprop-parameter-sets="
            + sets,
        "a=framerate:" + framesPerSecond);
  }

  @Override
  public long dueNanos(long index) {
    return index * 1_000_000_000L / framesPerSecond;
  }

  @Override
  public boolean key(long index) {
    return index % keyInterval == 0;
  }

  @Override
  public List<byte[]> unit(long index, boolean continuous) {
    boolean key = !continuous || key(index);
    return H264Packetizer.packetize(encoder.encode(index, LocalTime.now(clock), key));
  }
}
