package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * MP3 as ADUs (RFC 5219, {@code MPA-ROBUST}), which come out as frames of MP3.
 *
 * <p>Each ADU makes one frame, and a frame needs no ADU but its own to be right: what is lost is
 * missing and damages nothing beside it. A frame comes when no later ADU can have data in it, which
 * is one or two frames later at usual bit rates.
 */
final class MpaRobustDepacketizer extends Depacketizer {
  private static final int CLOCK_RATE = 90_000;

  /** Of an ADU descriptor (section 4.2): what follows is the rest of an ADU. */
  private static final int CONTINUATION = 0x80;

  /** The descriptor has two bytes. */
  private static final int LONG = 0x40;

  private final int clockRate;
  private final SampleClock clock;
  private final BitReservoir reservoir = new BitReservoir(this::emit);
  private final Mp3Interleaving interleaving;
  private FrameFormat format;

  /** The ADU whose parts are coming, of its whole length; null where none is. */
  private byte @Nullable [] parted;

  private int received;

  /** Of the packet that is read, and of the ADU in parts. */
  private long timestamp;

  private long arrivedAt;

  /** Whether no ADU of the packet was read yet. */
  private boolean first;

  MpaRobustDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, output);
    clockRate = payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
    clock = new SampleClock(clockRate);
    interleaving = new Mp3Interleaving(clockRate, reservoir::add);
    format = FrameFormat.audio(Codec.MPEG_AUDIO, clockRate, 0, Math.max(0, payload.channels()));
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    if (lost() > 0 || header.timestamp() != timestamp) {
      finishParted();
    }
    timestamp = header.timestamp();
    arrivedAt = now;
    first = true;
    clock.start(timestamp);
    int end = index + length;
    int at = index;
    while (at < end) {
      int descriptor = in.getUnsignedByte(at);
      boolean isLong = (descriptor & LONG) != 0;
      at += isLong ? 2 : 1;
      if (at >= end) {
        unreadable();
        return;
      }
      int size = isLong ? in.getUnsignedShort(at - 2) & 0x3fff : descriptor & 0x3f;
      if ((descriptor & CONTINUATION) != 0) {
        continued(in, at, end - at, size);
        return;
      }
      int there = Math.min(size, end - at);
      begun(in, at, there, size);
      at += there;
    }
  }

  /** An ADU, or its first part. */
  private void begun(ByteBuf in, int index, int length, int size) {
    finishParted();
    if (size > Mp3Adu.MOST_BYTES || length == 0) {
      unreadable();
      return;
    }
    parted = new byte[size];
    received = 0;
    append(parted, in, index, length);
  }

  /** Each part has the size of the whole ADU in its descriptor, and nothing else beside it. */
  private void continued(ByteBuf in, int index, int length, int size) {
    byte[] adu = parted;
    if (adu == null || size != adu.length) {
      finishParted();
      unreadable(); // or the rest of an ADU whose beginning was lost
    } else {
      append(adu, in, index, Math.min(length, size - received));
    }
  }

  private void append(byte[] adu, ByteBuf in, int index, int length) {
    in.getBytes(index, adu, received, length);
    received += length;
    if (received == adu.length) {
      parted = null;
      came(adu, adu.length);
    }
  }

  /** Takes what came of an ADU in parts, if there is one, as it is. */
  private void finishParted() {
    byte[] adu = parted;
    if (adu != null) {
      parted = null;
      came(adu, received);
    }
  }

  /**
   * An ADU of which so many bytes came.
   *
   * @param adu of its whole length, the rest zeros
   */
  private void came(byte[] adu, int bytes) {
    int sequence = adu.length < 2 ? 0 : Mp3Interleaving.sequence(adu);
    boolean damaged = bytes < adu.length;
    var read = Mp3Adu.read(adu, 0, arrivedAt, damaged);
    if (read.isEmpty() || bytes < read.get().mainDataAt()) {
      unreadable();
      return;
    }
    MpegAudioHeader header = read.get().header();
    Mp3Adu timed = read.get().at(clock.timestamp(header.sampleRate()));
    clock.advance(header.samples(), header.sampleRate());
    if (Mp3Interleaving.isInterleaved(sequence)) {
      interleaving.add(timed, sequence, first);
    } else {
      interleaving.release();
      reservoir.add(timed);
    }
    first = false;
  }

  private void emit(BitReservoir.Filled filled) {
    Mp3Adu adu = filled.adu();
    MpegAudioHeader header = adu.header();
    if (header.sampleRate() != format.sampleRate() || header.channels() != format.channels()) {
      format =
          FrameFormat.audio(Codec.MPEG_AUDIO, clockRate, header.sampleRate(), header.channels());
    }
    frame().begin(adu.timestamp(), adu.arrivedAt());
    frame().append(filled.frame());
    frame().duration(new SampleClock(clockRate).advance(header.samples(), header.sampleRate()));
    if (adu.damaged()) {
      frame().damage();
    }
    emit(format, RandomAccess.IDR);
  }

  @Override
  void interrupted() {
    finishParted();
  }

  @Override
  public void reset() {
    super.reset();
    parted = null;
    interleaving.reset();
    reservoir.reset();
  }
}
