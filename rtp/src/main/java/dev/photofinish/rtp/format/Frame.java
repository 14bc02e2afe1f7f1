package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One access unit: a picture, the audio of some milliseconds, a document.
 *
 * <p>Its bytes are those that came from the network, not copied as far as the payload format allows
 * it, and reference-counted: who is given a frame owns one reference and must {@link #release} it,
 * unless the giver says otherwise; {@link #copy} gives bytes of the heap that the garbage collector
 * frees.
 *
 * <p>The content by codec: H.264, H.265 and H.266 as Annex B with start codes of four bytes; AV1 as
 * OBUs that each have a size; JPEG as a whole file; AAC as raw data blocks without ADTS; samples as
 * they are; all others as the codec's own elementary stream.
 */
public final class Frame extends DefaultByteBufHolder {
  /** Of a start code. */
  static final int START_CODE_BYTES = 4;

  private final int track;
  private final FrameFormat format;
  private final int[] units;
  private final long timestamp;
  private final int duration;
  private final RandomAccess randomAccess;
  private final int lost;
  private final boolean damaged;
  private final long arrivedAt;
  private final FrameTime time;

  Frame(FrameBuilder built, ByteBuf content, FrameFormat format, RandomAccess access) {
    super(content);
    this.track = built.track();
    this.format = format;
    this.units = built.units();
    this.timestamp = built.timestamp();
    this.duration = built.duration();
    this.randomAccess = access;
    this.lost = built.lost();
    this.damaged = built.isDamaged();
    this.arrivedAt = built.arrivedAt();
    this.time = FrameTime.UNKNOWN;
  }

  private Frame(
      int track,
      FrameFormat format,
      ByteBuf content,
      int[] units,
      int duration,
      RandomAccess access,
      boolean damaged) {
    super(content);
    this.track = track;
    this.format = format;
    this.units = units;
    this.timestamp = 0;
    this.duration = duration;
    this.randomAccess = access;
    this.lost = 0;
    this.damaged = damaged;
    this.arrivedAt = 0;
    this.time = FrameTime.UNKNOWN;
  }

  /**
   * A frame that did not come in packets: of a file, of an encoder. Its RTP timestamp, its arrival
   * and the packets lost before it are 0; {@link #at} gives it a time.
   *
   * @param content in the form of its codec; its reference is taken over
   * @param units the index of each part in the readable bytes, with its start code where there is
   *     one, in order; empty where the content is one part
   * @param duration in ticks of {@link FrameFormat#clockRate}; 0 where only the next frame says
   */
  public static Frame of(
      int track,
      FrameFormat format,
      ByteBuf content,
      int[] units,
      int duration,
      RandomAccess access,
      boolean damaged) {
    return new Frame(track, format, content, units.clone(), duration, access, damaged);
  }

  private Frame(Frame other, int track, ByteBuf content, FrameTime time) {
    this(other, track, content, time, other.lost);
  }

  private Frame(Frame other, int track, ByteBuf content, FrameTime time, int lost) {
    super(content);
    this.track = track;
    this.format = other.format;
    this.units = other.units;
    this.timestamp = other.timestamp;
    this.duration = other.duration;
    this.randomAccess = other.randomAccess;
    this.lost = lost;
    this.damaged = other.damaged;
    this.arrivedAt = other.arrivedAt;
    this.time = time;
  }

  /** The number of its media among those of its stream, from 0. */
  public int track() {
    return track;
  }

  /** What a decoder must know for this frame. */
  public FrameFormat format() {
    return format;
  }

  public Codec codec() {
    return format.codec();
  }

  /** The RTP timestamp, 32 bits, unsigned, in ticks of {@link FrameFormat#clockRate}. */
  public long timestamp() {
    return timestamp;
  }

  /** In ticks of {@link FrameFormat#clockRate}; 0 where only the next frame says. */
  public int duration() {
    return duration;
  }

  public RandomAccess randomAccess() {
    return randomAccess;
  }

  /** Whether a picture that can be shown begins here; true of all audio. */
  public boolean isKeyFrame() {
    return randomAccess.isKeyFrame();
  }

  /**
   * RTP packets that were lost, or could not be read, since the frame before it: its own, or of
   * frames in between.
   */
  public int lost() {
    return lost;
  }

  /** Whether a part of it is missing, lost or too large to be kept. */
  public boolean isDamaged() {
    return damaged;
  }

  /** When its first packet came: nanoseconds of the clock that its receiver uses. */
  public long arrivedAt() {
    return arrivedAt;
  }

  /**
   * Nanoseconds on the one clock of all media of its stream, which begins at about 0 with the
   * stream's first frame and goes on when the stream connects again. Two frames of different media
   * may be compared exactly once {@link FrameTime#isSynchronized}.
   */
  public long time() {
    return time.nanos();
  }

  /** When it was taken, as the camera says (RTCP sender reports, ONVIF replay); empty before. */
  public Optional<Instant> wallClock() {
    return Optional.ofNullable(time.wallClock());
  }

  /**
   * Whether it does not continue the frames before it of its media: they are of another connection,
   * another source or another place of a recording, or some in between were dropped because their
   * taker was too slow. What was lost on the way is {@link #lost}.
   */
  public boolean isDiscontinuity() {
    return time.discontinuity();
  }

  /** All that is known of its time. */
  public FrameTime frameTime() {
    return time;
  }

  /** This frame at that time; takes over the caller's reference. */
  public Frame at(FrameTime when) {
    return new Frame(this, track, content(), when);
  }

  /** The same at another time, with packets that were lost before it. */
  Frame at(FrameTime when, int lostPackets) {
    return new Frame(this, track, content(), when, lostPackets);
  }

  /**
   * This frame as one of another media; takes over the caller's reference.
   *
   * @param number of the media, from 0
   */
  public Frame withTrack(int number) {
    return new Frame(this, number, content(), time);
  }

  /** NAL units, OBUs or other parts that the payload format tells apart; 1 or more. */
  public int unitCount() {
    return Math.max(1, units.length);
  }

  /**
   * A view of one part, a NAL unit without its start code; not retained.
   *
   * @param index from 0
   */
  public ByteBuf unit(int index) {
    ByteBuf content = content();
    int from = units.length == 0 ? 0 : units[index];
    int to = index + 1 < units.length ? units[index + 1] : content.readableBytes();
    int skipped = codec().hasNalUnits() ? START_CODE_BYTES : 0;
    return content.slice(content.readerIndex() + from + skipped, to - from - skipped);
  }

  @Override
  public Frame copy() {
    return replace(Unpooled.copiedBuffer(content()));
  }

  @Override
  public Frame duplicate() {
    return replace(content().duplicate());
  }

  @Override
  public Frame retainedDuplicate() {
    return replace(content().retainedDuplicate());
  }

  /** The same frame with other bytes, as long as these. */
  @Override
  public Frame replace(ByteBuf bytes) {
    return new Frame(this, track, bytes, time);
  }

  @Override
  public Frame retain() {
    super.retain();
    return this;
  }

  @Override
  public Frame retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public Frame touch() {
    super.touch();
    return this;
  }

  @Override
  public Frame touch(Object hint) {
    super.touch(hint);
    return this;
  }

  /** One frame is another only if it is the same object. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return codec()
        + (isKeyFrame() ? " key frame at " : " frame at ")
        + timestamp
        + ", "
        + (refCnt() > 0 ? content().readableBytes() + " bytes" : "released")
        + (damaged ? ", damaged" : "");
  }
}
