package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpHeaderFields;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the frames of one media of a connection together, of one source at a time. */
final class TrackFrames {
  /** So many packets in a row bring a source back that another had replaced. */
  private static final int IN_A_ROW = 16;

  private static final long NONE = -1;

  /** Whose a packet is. */
  enum Source {
    THE_SAME,
    /** A new one: its packets count from now on, and those of the one before no more. */
    ANOTHER,
    /** The one that was replaced: packets of an older session, or underway. */
    FORMER
  }

  private final MediaStream media;
  private final PayloadFormat format;
  private final @Nullable Depacketizer depacketizer;
  private long source = NONE;
  private long former = NONE;
  private int ofFormer;

  TrackFrames(MediaStream media, BiConsumer<MediaStream, Frame> output) {
    this.media = media;
    this.format = media.payloadFormat();
    this.depacketizer =
        PayloadFormats.depacketizer(media.index(), format, frame -> output.accept(media, frame))
            .orElse(null);
  }

  /** Whether there are frames of it at all. */
  boolean isKnown() {
    return depacketizer != null;
  }

  void explain(StreamFrames stream) {
    stream.sayUnknown(media, format);
  }

  /** Ticks a second of its frames' timestamps. */
  int clockRate() {
    return depacketizer == null ? media.clockRate() : depacketizer.format().clockRate();
  }

  /** Whose a packet with this SSRC is. */
  Source source(long ssrc) {
    if (ssrc == source) {
      ofFormer = 0;
      return Source.THE_SAME;
    }
    if (ssrc == former && ++ofFormer < IN_A_ROW) {
      return Source.FORMER;
    }
    boolean first = source == NONE;
    former = source;
    source = ssrc;
    ofFormer = 0;
    return first ? Source.THE_SAME : Source.ANOTHER;
  }

  /** Takes a packet, which stays the caller's. */
  void packet(RtpHeaderFields header, ByteBuf in, int index, long now) {
    if (depacketizer != null) {
      depacketizer.packet(header, in, index, now);
    }
  }

  void reset() {
    if (depacketizer != null) {
      depacketizer.reset();
    }
  }
}
