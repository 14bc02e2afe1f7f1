package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packets of FFmpeg and GStreamer, kept as resources, become the access units of the original file;
 * {@link PeersLabTest} does the same with packets as they come.
 */
class CapturesTest {
  private static final int SEEDS = 50;

  /** The pictures are of 176 x 144 pixels, JPEG's of 96 x 64 and there are three groups. */
  @ParameterizedTest
  @CsvSource({
    "h264, IDR, 3, 2",
    "slices, IDR, 3, 2",
    "h265, IDR, 1, 3",
    "av1, IDR, 3, 1",
    "vp8, IDR, 3, 0",
    "vp9, IDR, 3, 0",
    "mpeg4, IDR, 3, 1",
    "mpeg2, CRA, 2, 0",
    "jpeg, IDR, 25, 0",
    "refresh, INTRA_REFRESH, 2, 2"
  })
  void framesSayWhatTheyAre(String name, RandomAccess access, int count, int sets)
      throws IOException {
    Replay replay = new Replay(Capture.load(name), 0);
    replay.play(0, 0);
    assertThat(replay.frames()).filteredOn(frame -> frame.randomAccess() == access).hasSize(count);
    FrameFormat format = replay.frames().get(0).format();
    assertThat(format.width()).isEqualTo(name.equals("jpeg") ? 96 : 176);
    assertThat(format.height()).isEqualTo(name.equals("jpeg") ? 64 : 144);
    assertThat(format.parameterSets()).hasSize(sets);
    assertThat(replay.frames()).extracting(Frame::format).containsOnly(format);
    replay.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h264", "slices", "refresh", "h265", "av1", "vp8", "vp9", "mpeg4", "mpeg2", "jpeg"
      })
  void framesAreThoseOfTheFile(String name) throws IOException {
    held(Capture.load(name), SEEDS);
  }

  /** All packets give all frames; with losses, what is marked is what was hit. */
  static void held(Capture capture, int seeds) {
    for (int percent : new int[] {0, 1, 5}) {
      for (int seed = 0; seed < (percent == 0 ? 1 : seeds); seed++) {
        replay(capture, percent, 0, seed);
        replay(capture, 0, percent, seed);
        replay(capture, percent, percent, seed);
      }
    }
  }

  private static void replay(Capture capture, int loss, int late, int seed) {
    Replay replay = new Replay(capture, seed);
    replay.play(loss, late);
    try {
      replay.check();
    } catch (AssertionError e) {
      throw new AssertionError(
          capture.format() + ", " + loss + " % lost, " + late + " % late, seed " + seed, e);
    } finally {
      replay.release();
    }
    assertThat(replay.frames()).isNotEmpty();
  }
}
