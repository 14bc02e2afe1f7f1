package dev.photofinish.rtp.format;

import dev.photofinish.camera.lab.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams of FFmpeg and GStreamer become the access units of the original file, byte for byte, and
 * with losses what is marked is what was hit.
 *
 * <p>With the system property {@code photofinish.captures} naming a folder, what was received is
 * kept there as the resources of {@link CapturesTest}.
 */
@Tag("lab")
class PeersLabTest {
  @TempDir private Path folder;

  private static Arguments stream(String name, String encoding, String options) {
    return Arguments.of(name, encoding, List.of(options.split(" ")));
  }

  static Stream<Arguments> streams() {
    String x264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p -crf 34 -g 12 ";
    return Stream.of(
        stream("h264.h264", "H264", x264 + "-bf 0"),
        stream("slices.ts", "H264", x264 + "-bf 2 -x264-params slices=2:repeat-headers=1"),
        stream("refresh.h264", "H264", x264 + "-bf 0 -x264-params intra-refresh=1"),
        stream(
            "h265.ts",
            "H265",
            "-c:v libx265 -preset veryfast -pix_fmt yuv420p -crf 36 -x265-params"
                + " log-level=error:bframes=2:keyint=12:repeat-headers=1"),
        stream("vp8.ivf", "VP8", "-c:v libvpx -g 12 -b:v 100k -auto-alt-ref 0"),
        stream(
            "vp9.ivf",
            "VP9",
            "-c:v libvpx-vp9 -g 12 -b:v 100k -lag-in-frames 0 -deadline realtime -cpu-used 8"),
        stream(
            "av1.ivf",
            "AV1",
            "-c:v libaom-av1 -g 12 -cpu-used 8 -usage realtime -lag-in-frames 0 -crf 50 -b:v 0"),
        stream("mpeg4.mp4", "MP4V-ES", "-c:v mpeg4 -g 12 -q:v 16"),
        stream("mpeg2.ts", "MPV", "-c:v mpeg2video -bf 2 -g 12 -q:v 16"),
        stream(
            "jpeg.mkv", "JPEG", "-s 96x64 -c:v mjpeg -huffman default -q:v 24 -pix_fmt yuvj420p"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void ffmpeg(String name, String encoding, List<String> options) throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "ffprobe");
    FfmpegStreams ffmpeg = new FfmpegStreams(folder);
    Path file = ffmpeg.encode(name, options.toArray(String[]::new));
    Capture capture = ffmpeg.capture(file, encoding, codec(encoding));
    Assumptions.assumeFalse(
        encoding.equals("AV1") && capture.packets().isEmpty(),
        "this FFmpeg does not send AV1 as RTP; CapturesTest has what a newer one sent");
    held(name, capture);
  }

  static Stream<Arguments> pipelines() {
    return Stream.of(
        Arguments.of("slices.ts", "H264", "tsdemux ! h264parse ! rtph264pay mtu=400"),
        Arguments.of(
            "slices.ts",
            "H264",
            "tsdemux ! h264parse ! rtph264pay mtu=400 aggregate-mode=zero-latency"),
        Arguments.of("h265.ts", "H265", "tsdemux ! h265parse ! rtph265pay mtu=400"),
        Arguments.of("vp8.ivf", "VP8", "ivfparse ! rtpvp8pay mtu=400 picture-id-mode=15-bit"),
        Arguments.of("vp9.ivf", "VP9", "ivfparse ! rtpvp9pay mtu=400"),
        Arguments.of("mpeg4.mp4", "MP4V-ES", "qtdemux ! mpeg4videoparse ! rtpmp4vpay mtu=400"),
        Arguments.of("mpeg2.ts", "MPV", "tsdemux ! mpegvideoparse ! rtpmpvpay mtu=400"),
        Arguments.of("jpeg.mkv", "JPEG", "matroskademux ! jpegparse ! rtpjpegpay mtu=400"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("pipelines")
  void gstreamer(String name, String encoding, String pipeline) throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "ffprobe", "gst-launch-1.0");
    List<?> options =
        streams()
            .filter(stream -> stream.get()[0].equals(name))
            .map(stream -> (List<?>) stream.get()[2])
            .findFirst()
            .orElseThrow();
    FfmpegStreams ffmpeg = new FfmpegStreams(folder);
    Path file = ffmpeg.encode(name, options.toArray(String[]::new));
    held("gst-" + name, ffmpeg.gstreamer(file, pipeline, encoding, "", codec(encoding)));
  }

  private static Codec codec(String encoding) {
    return switch (encoding.toUpperCase(Locale.ROOT)) {
      case "MP4V-ES" -> Codec.MPEG4_VISUAL;
      case "MPV" -> Codec.MPEG2_VIDEO;
      default -> Codec.valueOf(encoding);
    };
  }

  private static void held(String name, Capture capture) throws IOException {
    String keep = System.getProperty("photofinish.captures");
    if (keep != null) {
      String base = name.substring(0, name.lastIndexOf('.'));
      try (OutputStream out = Files.newOutputStream(Path.of(keep, base + ".capture"))) {
        capture.save(out);
      }
    }
    CapturesTest.held(capture, 20);
  }
}
