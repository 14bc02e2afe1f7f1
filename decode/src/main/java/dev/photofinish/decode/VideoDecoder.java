package dev.photofinish.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one video with FFmpeg's libraries, one thread and no delay beyond that of
 * the codec. Frames that come before the first key frame are left out, and so are all up to the
 * next one after a frame that cannot be decoded. When the frames' format changes, the decoder
 * begins again by itself.
 *
 * <p>Not safe for use by several threads. It holds memory outside of the heap until it is closed.
 * FFmpeg's own log is turned off for the process: what goes wrong is thrown.
 */
public final class VideoDecoder implements AutoCloseable {
  /** Larger pictures are refused: 8192 by 8192. */
  private static final long MOST_PIXELS = 1L << 26;

  private static final byte[] START_CODE = {0, 0, 0, 1};

  static {
    av_log_set_level(AV_LOG_QUIET);
  }

  private final PictureConverter converter = new PictureConverter();
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame decoded = av_frame_alloc();
  private @Nullable AVCodecContext context;
  private @Nullable FrameFormat format;
  private boolean awaitsKeyFrame = true;
  private boolean closed;

  /** A decoder for the format of its first frame. */
  public VideoDecoder() {}

  /** Whether frames of this codec can be decoded. */
  public static boolean decodes(Codec codec) {
    OptionalInt id = CodecIds.of(codec);
    return id.isPresent() && avcodec_find_decoder(id.getAsInt()) != null;
  }

  /**
   * Decodes the next frame.
   *
   * @param frame stays the caller's
   * @return the pictures that are complete with it, in presentation order: mostly one
   * @throws DecodeException if the frame, or its codec, cannot be decoded
   */
  public List<Picture> decode(Frame frame) throws DecodeException {
    if (closed) {
      throw new IllegalStateException("the decoder is closed");
    }
    if (awaitsKeyFrame && !frame.isKeyFrame()) {
      return List.of();
    }
    AVCodecContext opened = opened(frame.format());
    try {
      fill(frame);
      check(avcodec_send_packet(opened, packet), frame);
      awaitsKeyFrame = false;
      return pictures(opened, frame);
    } catch (DecodeException e) {
      awaitsKeyFrame = true;
      throw e;
    } finally {
      av_packet_unref(packet);
    }
  }

  /**
   * The pictures that wait for frames after them. The next frame has to be a key frame.
   *
   * @throws DecodeException if one of them cannot be decoded
   */
  public List<Picture> flush() throws DecodeException {
    AVCodecContext opened = context;
    if (opened == null) {
      return List.of();
    }
    try {
      avcodec_send_packet(opened, null);
      return pictures(opened, null);
    } finally {
      end();
    }
  }

  private AVCodecContext opened(FrameFormat wanted) throws DecodeException {
    AVCodecContext known = context;
    if (known != null && wanted.equals(format)) {
      return known;
    }
    end();
    AVCodecContext made = open(wanted);
    context = made;
    format = wanted;
    return made;
  }

  private static AVCodecContext open(FrameFormat format) throws DecodeException {
    OptionalInt id = CodecIds.of(format.codec());
    AVCodec codec = id.isPresent() ? avcodec_find_decoder(id.getAsInt()) : null;
    if (codec == null) {
      throw new DecodeException("no decoder for " + format.codec());
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.thread_count(1);
    context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
    context.max_pixels(MOST_PIXELS);
    describe(context, format);
    int error = avcodec_open2(context, codec, (AVDictionary) null);
    if (error < 0) {
      avcodec_free_context(context);
      throw new DecodeException(format.codec() + " decoder: " + words(error));
    }
    return context;
  }

  /** The parameter sets, with start codes before those of NAL units. */
  private static void describe(AVCodecContext context, FrameFormat format) {
    byte[] prefix = format.codec().hasNalUnits() ? START_CODE : new byte[0];
    int size = 0;
    for (ByteBuf set : format.parameterSets()) {
      size += prefix.length + set.readableBytes();
    }
    if (size > 0) {
      BytePointer bytes = new BytePointer(av_mallocz((long) size + AV_INPUT_BUFFER_PADDING_SIZE));
      int at = 0;
      for (ByteBuf set : format.parameterSets()) {
        byte[] unit = new byte[prefix.length + set.readableBytes()];
        System.arraycopy(prefix, 0, unit, 0, prefix.length);
        set.getBytes(set.readerIndex(), unit, prefix.length, set.readableBytes());
        bytes.position(at).put(unit, 0, unit.length);
        at += unit.length;
      }
      context.extradata(bytes.position(0)); // the context frees it
      context.extradata_size(size);
    }
  }

  private void fill(Frame frame) throws DecodeException {
    ByteBuf content = frame.content();
    check(av_new_packet(packet, content.readableBytes()), frame);
    content.getBytes(
        content.readerIndex(), packet.data().capacity(content.readableBytes()).asByteBuffer());
    packet.pts(frame.time());
    packet.dts(frame.time());
  }

  private List<Picture> pictures(AVCodecContext from, @Nullable Frame frame)
      throws DecodeException {
    List<Picture> pictures = new ArrayList<>();
    int error = avcodec_receive_frame(from, decoded);
    while (error >= 0) {
      pictures.add(converter.picture(decoded));
      error = avcodec_receive_frame(from, decoded);
    }
    if (error != CodecIds.AGAIN && error != CodecIds.END) {
      check(error, frame);
    }
    return pictures;
  }

  private static void check(int result, @Nullable Frame frame) throws DecodeException {
    if (result < 0) {
      throw new DecodeException((frame == null ? "the last frame" : frame) + ": " + words(result));
    }
  }

  private static String words(int error) {
    byte[] text = new byte[128];
    av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  private void end() {
    if (context != null) {
      avcodec_free_context(context);
      context = null;
      format = null;
    }
    awaitsKeyFrame = true;
  }

  /** Frees what it holds; does nothing the second time. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      end();
      av_packet_free(packet);
      av_frame_free(decoded);
      converter.close();
    }
  }
}
