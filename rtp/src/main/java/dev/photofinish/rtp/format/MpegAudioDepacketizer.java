package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** MPEG audio of any layer, MP3 among them (RFC 2250 section 3.5): each of its frames is one. */
final class MpegAudioDepacketizer extends FragmentedAudio {
  private static final int CLOCK_RATE = 90_000;

  /** Two bytes of zeros, two that say where in a frame the payload begins. */
  private static final int HEADER = 4;

  private static final int AUDIO_HEADER = 4;

  private FrameFormat format;

  MpegAudioDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, rate(payload), false, output);
    format = FrameFormat.audio(Codec.MPEG_AUDIO, rate(payload), 0, Math.max(0, payload.channels()));
  }

  private static int rate(PayloadFormat payload) {
    return payload.clockRate() > 0 ? payload.clockRate() : CLOCK_RATE;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  void read(ByteBuf in, int index, int length) {
    int end = index + length;
    int at = index + HEADER;
    if (length < HEADER + AUDIO_HEADER || in.getUnsignedShort(index + 2) > 0) {
      unreadable(); // or the rest of a frame whose beginning was lost
      return;
    }
    while (end - at >= AUDIO_HEADER && MpegAudioHeader.isHeader(in.getInt(at))) {
      MpegAudioHeader header = MpegAudioHeader.parse(in.getInt(at));
      int whole = header.bytes() == 0 ? end - at : header.bytes();
      apply(header);
      next(in, at, Math.min(whole, end - at), whole, header.samples(), header.sampleRate());
      at += whole;
    }
    if (at < end) {
      unreadable();
    }
  }

  private void apply(MpegAudioHeader header) {
    if (header.sampleRate() != format.sampleRate() || header.channels() != format.channels()) {
      format =
          FrameFormat.audio(
              Codec.MPEG_AUDIO, format.clockRate(), header.sampleRate(), header.channels());
    }
  }

  @Override
  int continuation(ByteBuf in, int index, int length) {
    int offset = length < HEADER ? 0 : in.getUnsignedShort(index + 2);
    if (offset == 0) {
      return -1;
    }
    if (offset != received()) {
      frame().damage();
    }
    return HEADER;
  }
}
