package dev.photofinish.relay.web.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.web.live.FragmentInfo;
import dev.photofinish.relay.web.live.LiveHeader;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments and playlists of fragments (RFC 8216). */
class HlsStreamTest {
  private static final long MILLI = 1_000_000;

  private final HlsStream stream = new HlsStream();

  private void header(int content) {
    stream.header(new LiveHeader(new byte[] {(byte) content}, "video/mp4", List.of()));
  }

  /** Pictures of 40 ms from a time on, the first a key frame. */
  private void pictures(long fromMillis, int count) {
    for (int i = 0; i < count; i++) {
      long time = fromMillis * MILLI + i * 40L * MILLI;
      stream.fragment(
          Unpooled.wrappedBuffer(new byte[] {(byte) i}),
          new FragmentInfo(time, time + 40 * MILLI, i == 0));
    }
  }

  @Test
  void aSegmentEndsAtAKeyFrame() {
    header(7);
    pictures(0, 25);
    assertThat(stream.ready()).isNotDone();
    pictures(1000, 25);
    assertThat(stream.ready()).isDone();
    assertThat(stream.playlist())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:1
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-MAP:URI="init1.mp4"
            #EXTINF:1.000,
            0.m4s
            """);
    assertThat(stream.file("init1.mp4").orElseThrow()).containsExactly(7);
    assertThat(stream.file("0.m4s").orElseThrow()).hasSize(25).startsWith(0, 1, 2);
    assertThat(stream.file("1.m4s")).isEmpty();
    assertThat(stream.file("../secret")).isEmpty();
  }

  @Test
  void aShortGroupOfPicturesIsNoSegmentOfItsOwn() {
    header(7);
    pictures(0, 10);
    pictures(400, 10);
    pictures(800, 10);
    assertThat(stream.ready()).isNotDone();
    pictures(1200, 1);
    assertThat(stream.playlist()).contains("#EXTINF:1.200,\n0.m4s\n");
  }

  @Test
  void keepsToTheDurationThatItPromised() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    assertThat(stream.playlist()).contains("TARGETDURATION:1\n");
    pictures(2000, 100); // a group of four seconds
    assertThat(stream.playlist())
        .contains("TARGETDURATION:1\n", "#EXTINF:1.320,\n2.m4s\n", "#EXTINF:1.320,\n3.m4s\n");
  }

  @Test
  void anotherHeaderIsADiscontinuity() {
    header(7);
    pictures(0, 25);
    pictures(1000, 1);
    header(8);
    pictures(2000, 25);
    pictures(3000, 1);
    assertThat(stream.playlist())
        .endsWith(
            """
            #EXT-X-MAP:URI="init1.mp4"
            #EXTINF:1.000,
            0.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="init2.mp4"
            #EXTINF:1.000,
            1.m4s
            """);
  }

  @Test
  void keepsTheLastSegments() {
    header(7);
    pictures(0, 25);
    header(8);
    for (int i = 0; i < 20; i++) {
      pictures(1000L * i, 25);
    }
    assertThat(stream.playlist())
        .contains("#EXT-X-MEDIA-SEQUENCE:11\n", "#EXT-X-MAP:URI=\"init2.mp4\"\n")
        .doesNotContain("10.m4s", "DISCONTINUITY\n")
        .endsWith("18.m4s\n");
    assertThat(stream.file("10.m4s")).isEmpty();
    assertThat(stream.file("init1.mp4")).isEmpty();
  }
}
