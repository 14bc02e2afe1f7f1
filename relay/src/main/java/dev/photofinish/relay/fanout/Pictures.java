package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The video of a source: which of its packets begin a picture that can be shown. Until the first
 * key frame, and after each interruption until the next, nothing passes and no number is used; then
 * packets pass as they come.
 *
 * <p>Not safe for use by several threads. Times are nanoseconds of the caller's clock.
 */
public final class Pictures {
  /** Takes what readers get, in order. */
  public interface Output {
    /** One packet; its reference is the receiver's. */
    void packet(OutgoingPacket packet);

    /**
     * The packets from a key frame's first on, all of which came before as {@link #packet}.
     *
     * @param packets each with a reference that is the receiver's
     */
    void keyFrame(List<OutgoingPacket> packets);

    /** A picture came that nobody gets, since a key frame is waited for. */
    void awaited(long now);
  }

  /** Of open groups: more than the pictures between two that are not B-frames. */
  private static final double LEADING_SECONDS = 0.5;

  private final TrackOutput track;
  private final PictureGroup group;
  private final ByteBufAllocator allocator;
  private final Output output;

  /** Held back, of pictures that are not known to be key frames. */
  private final PacketRun<RtpPacket> held =
      new PacketRun<>(RtpPacket::timestamp, RtpPacket::length);

  /** Passed, since the last picture that is complete. */
  private final PacketRun<OutgoingPacket> passed =
      new PacketRun<>(OutgoingPacket::timestamp, OutgoingPacket::framedBytes);

  private boolean flowing;
  private List<ByteBuf> parameterSets = List.of();
  private final RepeatedSets repeated = new RepeatedSets();
  private List<OutgoingPacket> lastKey = List.of();

  /** Whether the last key frame goes on from what came before, so that it is shown there alone. */
  private boolean once;

  /** The payloads that go before the last key frame, where it is sent again. */
  private List<ByteBuf> beforeLastKey = List.of();

  /** The format of the last key frame. */
  private @Nullable FrameFormat format;

  private int offered;

  /**
   * @param groupBytes of the packets that are kept for new readers, 0 or more
   */
  public Pictures(TrackOutput track, int groupBytes, ByteBufAllocator allocator, Output output) {
    this.track = track;
    this.group = new PictureGroup(groupBytes);
    this.allocator = allocator;
    this.output = output;
  }

  /** The first video whose frames are understood; -1 where there is none. */
  static int trackOf(List<SourceTrack> offered) {
    return offered.stream()
        .filter(track -> track.media().media().equals("video"))
        .filter(track -> PayloadFormats.problem(track.media().payloadFormat()).isEmpty())
        .mapToInt(SourceTrack::index)
        .findFirst()
        .orElse(-1);
  }

  /** Keeps no more than so many bytes for new readers, 0 or more. */
  public void groupBytes(int most) {
    group.mostBytes(most);
  }

  /**
   * What follows continues nothing: a key frame is waited for.
   *
   * @param payloadType of the camera's present description
   * @param sets parameter sets to send before it, as packets of their own, since readers were told
   *     others; of the caller, and valid for ever
   */
  public void interrupted(int payloadType, List<ByteBuf> sets) {
    flowing = false;
    offered = payloadType;
    parameterSets = sets;
    if (!sets.isEmpty()) {
      repeated.need();
    }
    track.restart();
    dropCurrent();
  }

  /** A packet of the camera's, which stays the caller's. */
  public void packet(RtpPacket packet, long now) {
    if (flowing) {
      pass(packet, now);
      return;
    }
    held.add(packet.retain());
  }

  private void pass(RtpPacket packet, long now) {
    for (ByteBuf set : repeated.before(packet, format)) {
      pass(track.insert(set, packet, allocator, now));
    }
    pass(track.packet(packet, packet.content(), offered, allocator, now));
  }

  private void pass(OutgoingPacket made) {
    group.add(made);
    passed.add(made.retain());
    output.packet(made);
  }

  /**
   * A picture is complete, all of whose packets came before; it stays the caller's.
   *
   * @param ntp when it is due, 64 bits: seconds since 1900 and a fraction
   * @return as {@link TrackOutput#begin}
   */
  long frame(Frame frame, long ntp, long now) {
    long later = 0;
    boolean key = frame.randomAccess() != RandomAccess.NONE && !frame.isDamaged();
    if (!flowing) {
      if (!key) {
        held.dropThrough(frame.timestamp());
        output.awaited(now);
        return 0;
      }
      later = flow(frame, ntp, now);
      if (!flowing) {
        return 0;
      }
    }
    long timestamp = track.timestampOf(frame.timestamp());
    if (key) {
      format = frame.format();
      beforeLastKey = EndOfSequence.before(frame);
      once = goesOn(frame);
      keyFrame(timestamp);
    }
    passed.dropThrough(timestamp);
    return later;
  }

  /** What was held back passes, from the key frame's first packet on. */
  private long flow(Frame key, long ntp, long now) {
    held.dropBefore(key.timestamp());
    List<RtpPacket> waiting = held.all();
    if (waiting.isEmpty()) {
      return 0; // too large to be held
    }
    flowing = true;
    long later = track.begin(waiting.get(0), key.timestamp(), ntp, leading(key), now);
    if (repeated.areNeeded() && parameterSets.isEmpty()) {
      parameterSets = key.format().parameterSets();
    }
    if (format != null) {
      for (ByteBuf unit : EndOfSequence.before(key)) {
        output.packet(track.insert(unit, waiting.get(0), allocator, now));
      }
    }
    for (ByteBuf set : parameterSets) {
      pass(track.insert(set, waiting.get(0), allocator, now));
    }
    parameterSets = List.of();
    repeated.done(key.timestamp());
    for (RtpPacket packet : waiting) {
      pass(packet, now);
    }
    held.clear();
    return later;
  }

  /** How long before a picture those may be shown that follow it, in seconds. */
  private static double leading(Frame key) {
    return key.randomAccess() == RandomAccess.IDR ? 0 : LEADING_SECONDS;
  }

  /**
   * Whether it is a recovery point of H.264 or H.265 (sections D.2.8 and D.3.8), which is no IDR
   * picture: decoders miss the pictures between two that are the same.
   */
  private static boolean goesOn(Frame key) {
    RandomAccess kind = key.randomAccess();
    boolean counts = key.codec() == Codec.H264 || key.codec() == Codec.H265;
    return counts && (kind == RandomAccess.RECOVERY_POINT || kind == RandomAccess.INTRA_REFRESH);
  }

  private void keyFrame(long timestamp) {
    List<OutgoingPacket> fromKey = new ArrayList<>();
    List<OutgoingPacket> key = new ArrayList<>();
    for (OutgoingPacket packet : passed.all()) {
      boolean of = packet.timestamp() == timestamp;
      if (of && !once) {
        key.add(packet.retain());
      }
      if (of || !fromKey.isEmpty()) {
        fromKey.add(packet);
      }
    }
    lastKey.forEach(OutgoingPacket::release);
    lastKey = List.copyOf(key);
    group.restart(fromKey);
    fromKey.forEach(OutgoingPacket::retain);
    output.keyFrame(List.copyOf(fromKey));
  }

  /** Whether there was a key frame that cannot be sent again. */
  public boolean needsCard() {
    return once;
  }

  /** Sends the last key frame again; false if there is none that can be. */
  public boolean repeat(long now) {
    if (lastKey.isEmpty()) {
      return false;
    }
    flowing = false;
    dropCurrent();
    List<OutgoingPacket> all = track.repeat(beforeLastKey, lastKey, allocator, now);
    List<OutgoingPacket> again = all.subList(beforeLastKey.size(), all.size());
    lastKey.forEach(OutgoingPacket::release);
    lastKey = again;
    again.forEach(OutgoingPacket::retain);
    all.forEach(output::packet);
    group.restart(again);
    again.forEach(OutgoingPacket::retain);
    output.keyFrame(again);
    return true;
  }

  /** The format of the camera's last key frame; empty before the first. */
  public Optional<FrameFormat> format() {
    return Optional.ofNullable(format);
  }

  /**
   * Sends a picture of the relay's own, a key frame with its parameter sets; before the camera's
   * next one come its own.
   *
   * @param payloads in order; they stay the caller's
   */
  public void show(List<ByteBuf> payloads, long now) {
    flowing = false;
    repeated.need();
    dropCurrent();
    List<OutgoingPacket> shown = track.own(payloads, allocator, now);
    for (OutgoingPacket packet : shown) {
      output.packet(packet.retain());
    }
    group.restart(shown);
    output.keyFrame(shown);
  }

  /** The packets of the group that a new reader begins with, each with a reference. */
  public List<OutgoingPacket> group() {
    return group.snapshot();
  }

  private void dropCurrent() {
    held.clear();
    passed.clear();
  }

  /** Lets go everything. */
  public void release() {
    flowing = false;
    dropCurrent();
    group.clear();
    lastKey.forEach(OutgoingPacket::release);
    lastKey = List.of();
    once = false;
  }
}
