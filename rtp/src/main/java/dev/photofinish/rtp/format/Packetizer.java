package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the payloads of RTP packets of one media's frames: the other way round of {@link
 * Depacketizer}. {@link dev.photofinish.rtp.RtpWriter} puts headers before them.
 *
 * <p>Pure: no clock, no thread, and nothing is kept between frames but the last 511 bytes of MP3 of
 * which ADUs are made. Not safe for use by several threads.
 */
public abstract class Packetizer {
  private static final int LEAST_BYTES = 64;
  private static final int MOST_BYTES = 65_000;

  private final Codec codec;
  private final int mostBytes;

  Packetizer(Codec codec, int mostBytes) {
    this.codec = codec;
    this.mostBytes = mostBytes;
  }

  /**
   * The packetizer of a payload format; empty for one that cannot be sent. H.264 in {@code
   * packetization-mode=1}, H.265, AAC in {@code mode=AAC-hbr}, Opus, samples (G.711, G.722, G.726,
   * L8 to L24), MP3 as ADUs ({@code MPA-ROBUST}), MPEG-TS, ONVIF metadata and KLV can.
   *
   * @param mostBytes of a payload, 64 to 65,000; 1,200 fit everywhere. Opus has no fragments, so
   *     that a larger frame is one larger payload, and MPEG-TS has 188 bytes at least
   * @throws IllegalArgumentException if {@code mostBytes} is not valid
   */
  public static Optional<Packetizer> of(PayloadFormat format, int mostBytes) {
    if (mostBytes < LEAST_BYTES || mostBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "mostBytes: " + mostBytes + " is not valid; expected 64 to 65,000");
    }
    FormatParameters parameters = new FormatParameters(format.parameters());
    String name = format.encoding().toUpperCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (name) {
          case "H264" ->
              parameters.number("packetization-mode", 0) == 1
                  ? new H264Packetizer(mostBytes)
                  : null;
          case "H265" -> new H265Packetizer(mostBytes);
          case "MPEG4-GENERIC" ->
              AacPacketizer.isSupported(parameters) ? new AacPacketizer(mostBytes) : null;
          case "OPUS" -> PiecePacketizer.whole(Codec.OPUS);
          case "MPA-ROBUST" -> new MpaRobustPacketizer(mostBytes);
          case "MP2T" -> PiecePacketizer.transportStream(mostBytes);
          case "SMPTE336M" -> PiecePacketizer.units(Codec.KLV, mostBytes);
          case "VND.ONVIF.METADATA" -> PiecePacketizer.units(Codec.ONVIF_METADATA, mostBytes);
          default ->
              SampleEncoding.of(name)
                  .map(samples -> PiecePacketizer.samples(samples, format, mostBytes))
                  .orElse(null);
        });
  }

  /** Takes payloads in their order. */
  @FunctionalInterface
  public interface Output {
    /**
     * One payload.
     *
     * @param payload a view of the frame, behind a few bytes of its own where the format has a
     *     header; the reference is the receiver's
     * @param timestamp the RTP timestamp, 32 bits, unsigned
     * @param marker of the packet
     */
    void payload(ByteBuf payload, long timestamp, boolean marker);
  }

  /**
   * Makes the payloads of a frame, which stays the caller's.
   *
   * @param timestamp the RTP timestamp of the frame; only its lowest 32 bits count
   * @throws IllegalArgumentException if the frame is of another codec, or larger than its format
   *     can say
   */
  public final void packetize(Frame frame, long timestamp, Output output) {
    if (frame.codec() != codec) {
      throw new IllegalArgumentException(
          "frame: " + frame.codec() + " is not valid; expected " + codec);
    }
    payloads(frame, timestamp & 0xffff_ffffL, output);
  }

  abstract void payloads(Frame frame, long timestamp, Output output);

  /** Of a payload. */
  final int mostBytes() {
    return mostBytes;
  }

  /** A payload with some bytes before a part of the frame, which is retained. */
  static ByteBuf withHeader(byte[] header, ByteBuf content, int index, int length) {
    return Unpooled.wrappedBuffer(
        Unpooled.wrappedBuffer(header), content.retainedSlice(index, length));
  }
}
