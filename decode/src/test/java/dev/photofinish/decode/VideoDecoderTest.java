package dev.photofinish.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.media.picture.PictureException;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.media.picture.Snapshots;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameTime;
import io.netty.buffer.Unpooled;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FFmpeg's libraries by way of their Java bindings. */
@EnabledOnOs(
    architectures = "amd64",
    disabledReason = "the build brings the libraries of this platform")
class VideoDecoderTest {
  private static final Color RED = new Color(0xc02010);
  private static final Color BLUE = new Color(0x1020c0);

  /** Of a colour's parts: what the way to YUV and back costs. */
  private static final int TOLERANCE = 4;

  private static void assertColor(BufferedImage image, Color expected) {
    Color seen = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
    int[] difference = {
      seen.getRed() - expected.getRed(),
      seen.getGreen() - expected.getGreen(),
      seen.getBlue() - expected.getBlue()
    };
    for (int part : difference) {
      assertThat(Math.abs(part)).as("%s instead of %s", seen, expected).isLessThan(TOLERANCE);
    }
  }

  @Test
  void eachFrameIsAPictureAtItsTime() throws Exception {
    try (VideoDecoder decoder = new VideoDecoder()) {
      List<Picture> pictures = new ArrayList<>();
      long time = 1_000;
      for (Frame frame : H264File.frames("/red.h264")) {
        pictures.addAll(decoder.decode(frame.at(new FrameTime(time, true, null, false))));
        time += 40_000_000;
        frame.release();
      }
      assertThat(pictures)
          .extracting(Picture::time)
          .containsExactly(1_000L, 40_001_000L, 80_001_000L);
      assertThat(pictures).allMatch(p -> p.width() == 160 && p.height() == 96);
      assertColor(pictures.get(2).toImage(), RED);
    }
  }

  @Test
  void framesBeforeTheFirstKeyFrameAreLeftOut() throws Exception {
    try (VideoDecoder decoder = new VideoDecoder()) {
      List<Frame> frames = H264File.frames("/red.h264");
      assertThat(decoder.decode(frames.get(1))).isEmpty();
      assertThat(decoder.decode(frames.get(0))).hasSize(1);
      frames.forEach(Frame::release);
    }
  }

  @Test
  void anotherFormatBeginsAgain() throws Exception {
    try (VideoDecoder decoder = new VideoDecoder()) {
      Frame red = H264File.frames("/red.h264").get(0);
      Frame blue = H264File.frames("/blue.h264").get(0);
      assertColor(decoder.decode(red).get(0).toImage(), RED);
      Picture second = decoder.decode(blue).get(0);
      assertThat(second.width()).isEqualTo(64);
      assertColor(second.toImage(), BLUE);
    }
  }

  @Test
  void afterAFrameThatIsBrokenItGoesOnWithTheNextKeyFrame() throws Exception {
    try (VideoDecoder decoder = new VideoDecoder()) {
      List<Frame> frames = H264File.frames("/red.h264");
      Frame broken =
          frames.get(0).replace(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 0x65, 1}));
      assertThatThrownBy(() -> decoder.decode(broken))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("H264 key frame");
      assertThat(decoder.decode(frames.get(1))).isEmpty();
      assertThat(decoder.decode(frames.get(0))).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotIsAPictureFile(PictureType type) throws Exception {
    byte[] file = Snapshots.picture(H264File.frames("/red.h264").get(0), type);
    assertThat(type == PictureType.PNG ? file[1] : file[0] & 0xff)
        .isEqualTo(type == PictureType.PNG ? (byte) 'P' : 0xff);
    assertColor(ImageIO.read(new ByteArrayInputStream(file)), RED);
  }

  @Test
  void aFrameThatNeedsOthersGivesNoSnapshot() throws Exception {
    Frame second = H264File.frames("/red.h264").get(1);
    assertThatThrownBy(() -> Snapshots.picture(second, PictureType.PNG))
        .isInstanceOf(PictureException.class)
        .hasMessage("the frame needs others before it; expected a key frame");
  }

  @Test
  void javaCvSeesTheSamePixels() throws Exception {
    try (VideoDecoder decoder = new VideoDecoder()) {
      Picture picture = decoder.decode(H264File.frames("/blue.h264").get(0)).get(0);
      try (org.bytedeco.javacv.Frame frame = JavaCvFrames.of(picture)) {
        java.nio.ByteBuffer pixels = (java.nio.ByteBuffer) frame.image[0];
        assertThat(frame.imageWidth).isEqualTo(64);
        int index = 24 * frame.imageStride + 32 * 3;
        assertThat(pixels.get(index) & 0xff).isCloseTo(0xc0, within(TOLERANCE));
      }
    }
  }

  private static org.assertj.core.data.Offset<Integer> within(int value) {
    return org.assertj.core.data.Offset.offset(value);
  }

  @Test
  void decodingForLongKeepsNothing() throws Exception {
    List<Frame> frames = H264File.frames("/red.h264");
    for (int i = 0; i < 50; i++) {
      try (VideoDecoder decoder = new VideoDecoder()) {
        decoder.decode(frames.get(0));
      }
    }
    long before = org.bytedeco.javacpp.Pointer.physicalBytes();
    for (int i = 0; i < 500; i++) {
      try (VideoDecoder decoder = new VideoDecoder()) {
        decoder.decode(frames.get(0));
      }
    }
    assertThat(org.bytedeco.javacpp.Pointer.physicalBytes() - before).isLessThan(32L << 20);
  }
}
