package dev.photofinish.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Turns decoded frames, of whatever pixel format, into pictures. */
final class PictureConverter implements AutoCloseable {
  private static final int BYTES_PER_PIXEL = 3;

  /**
   * Rows begin at multiples of it, and the last has as much behind it: vector units write there.
   */
  private static final int ALIGNMENT = 64;

  /** Of FFmpeg's fixed-point numbers: contrast and saturation as they are. */
  private static final int ONE = 1 << 16;

  private @Nullable SwsContext scaler;

  Picture picture(AVFrame frame) throws DecodeException {
    int width = frame.width();
    int height = frame.height();
    int stride = (width * BYTES_PER_PIXEL + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    SwsContext context = scaler(frame);
    byte[] bgr = new byte[width * height * BYTES_PER_PIXEL];
    // swscale reads four planes and four strides, whatever the format has.
    try (BytePointer rows = new BytePointer((long) stride * height + ALIGNMENT);
        PointerPointer<BytePointer> planes = new PointerPointer<>(rows, null, null, null);
        IntPointer strides = new IntPointer(stride, 0, 0, 0)) {
      sws_scale(context, new PointerPointer<>(frame), frame.linesize(), 0, height, planes, strides);
      for (int y = 0; y < height; y++) {
        rows.position((long) y * stride)
            .get(bgr, y * width * BYTES_PER_PIXEL, width * BYTES_PER_PIXEL);
      }
      rows.position(0);
    }
    return new Picture(width, height, frame.pts(), bgr);
  }

  private SwsContext scaler(AVFrame frame) throws DecodeException {
    SwsContext context =
        sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            frame.width(),
            frame.height(),
            AV_PIX_FMT_BGR24,
            SWS_BICUBIC,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new DecodeException("pixel format " + frame.format() + " is not supported");
    }
    scaler = context;
    int matrix = frame.colorspace() == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT;
    int full = frame.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(
        context,
        sws_getCoefficients(matrix),
        full,
        sws_getCoefficients(SWS_CS_DEFAULT),
        1,
        0,
        ONE,
        ONE);
    return context;
  }

  @Override
  public void close() {
    if (scaler != null) {
      sws_freeContext(scaler);
      scaler = null;
    }
  }
}
