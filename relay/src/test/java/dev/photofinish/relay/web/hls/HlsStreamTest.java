package dev.photofinish.relay.web.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.live.FragmentInfo;
import dev.photofinish.relay.web.live.LiveHeader;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments, parts and playlists of fragments (RFC 8216, draft-pantos-hls-rfc8216bis). */
class HlsStreamTest {
  private static final long MILLI = 1_000_000;
  private static final Pattern PART =
      Pattern.compile("#EXT-X-PART:DURATION=([0-9.]+),URI=\"(\\w+.m4s)\"(,INDEPENDENT=YES)?");

  private final HlsStream stream = new HlsStream();

  private void header(int content) {
    stream.header(new LiveHeader(new byte[] {(byte) content}, "video/mp4", List.of()));
  }

  private void frame(long fromMillis, long toMillis, boolean key, int main, int content) {
    stream.fragment(
        Unpooled.wrappedBuffer(new byte[] {(byte) content}),
        new FragmentInfo(fromMillis * MILLI, toMillis * MILLI, key, main));
  }

  /** Pictures of 40 ms from a time on, the first a key frame. */
  private void pictures(long fromMillis, int count) {
    for (int i = 0; i < count; i++) {
      long time = fromMillis + i * 40L;
      frame(time, time + 40, i == 0, 1, i);
    }
  }

  private void sound(long fromMillis) {
    frame(fromMillis, fromMillis + 20, false, 0, 99);
  }

  private String playlist() {
    return new String(stream.playlist(), StandardCharsets.UTF_8);
  }

  /** Without the tags of low latency, as players see it that do not know them. */
  private String plain() {
    StringBuilder text = new StringBuilder();
    playlist()
        .lines()
        .filter(line -> !line.matches("#EXT-X-(SERVER-CONTROL|PART|PART-INF|PRELOAD-HINT):.*"))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static void refused(CompletableFuture<Void> answer, String words) {
    assertThat(answer).isCompletedExceptionally();
    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(words);
  }

  // ---- Segments

  @Test
  void aSegmentEndsAtAKeyFrame() {
    header(7);
    CompletableFuture<Void> first = stream.await(new Reload(0, -1));
    pictures(0, 25);
    assertThat(first).isNotDone();
    pictures(1000, 25);
    assertThat(first).isCompleted();
    assertThat(plain())
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

  /** Chromium plays no shorter one. */
  @Test
  void theFirstPlaylistHasThreeSegments() {
    header(7);
    CompletableFuture<Void> first = stream.await(Reload.NONE);
    pictures(0, 25);
    pictures(1000, 25);
    pictures(2000, 25);
    assertThat(first).isNotDone();
    CompletableFuture<Void> late = stream.await(Reload.NONE);
    pictures(3000, 1);
    assertThat(first).isCompleted();
    assertThat(late).isCompleted();
  }

  @Test
  void aFirstPlaylistOfLongSegmentsDoesNotWaitForAllThree() {
    header(7);
    CompletableFuture<Void> first = stream.await(Reload.NONE);
    pictures(0, 125);
    pictures(5000, 125);
    pictures(10_000, 49);
    assertThat(first).isNotDone();
    pictures(12_000, 1);
    assertThat(first).isCompleted();
  }

  @Test
  void aShortGroupOfPicturesIsNoSegmentOfItsOwn() {
    header(7);
    pictures(0, 10);
    pictures(400, 10);
    pictures(800, 10);
    assertThat(stream.await(new Reload(0, -1))).isNotDone();
    pictures(1200, 1);
    assertThat(plain()).contains("#EXTINF:1.200,\n0.m4s\n");
  }

  @Test
  void keepsToTheDurationThatItPromised() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    assertThat(plain()).contains("TARGETDURATION:1\n");
    pictures(2000, 100); // a group of four seconds
    assertThat(plain())
        .contains("TARGETDURATION:1\n", "#EXTINF:1.320,\n2.m4s\n", "#EXTINF:1.320,\n3.m4s\n");
  }

  @Test
  void anotherHeaderIsADiscontinuity() {
    header(7);
    pictures(0, 25);
    pictures(1000, 5);
    header(8);
    pictures(1200, 25);
    pictures(2200, 1);
    assertThat(plain())
        .endsWith(
            """
            #EXT-X-MAP:URI="init1.mp4"
            #EXTINF:1.000,
            0.m4s
            #EXTINF:0.200,
            1.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="init2.mp4"
            #EXTINF:1.000,
            2.m4s
            """);
  }

  /** The camera was away for less than what parts segments: the picture before stands meanwhile. */
  @Test
  void aPictureThatStandsLastsNoLongerThanAPartMay() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    frame(2000, 2040, true, 1, 1);
    frame(2040, 2900, false, 1, 2);
    frame(2900, 2940, true, 1, 3);
    Matcher target = Pattern.compile("PART-TARGET=([0-9.]+)").matcher(playlist());
    assertThat(target.find()).isTrue();
    double most = Double.parseDouble(target.group(1));
    assertThat(PART.matcher(playlist()).results())
        .isNotEmpty()
        .allMatch(part -> Double.parseDouble(part.group(1)) <= most);
  }

  /** A picture that stands for longer than a segment may last. */
  @Test
  void aSegmentOfOnePictureLastsNoLongerThanWasPromised() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    frame(2000, 4000, true, 1, 1);
    frame(4000, 4040, true, 1, 2);
    assertThat(plain()).contains("TARGETDURATION:1\n", "#EXTINF:1.333,\n2.m4s\n");
  }

  /** It would be more than was promised. */
  @Test
  void anOutageIsNotPartOfASegment() {
    header(7);
    pictures(0, 25);
    pictures(1000, 20);
    pictures(31_800, 25);
    pictures(32_800, 1);
    assertThat(plain())
        .endsWith(
            """
            #EXTINF:1.000,
            0.m4s
            #EXTINF:0.800,
            1.m4s
            #EXTINF:1.000,
            2.m4s
            """);
  }

  @Test
  void aFewLostPicturesArePartOfASegment() {
    header(7);
    pictures(0, 25);
    pictures(1000, 10);
    pictures(2000, 25);
    pictures(3000, 1);
    assertThat(plain()).contains("#EXTINF:1.000,\n1.m4s\n");
  }

  @Test
  void anOutageBeforeTheFirstPlaylistIsNobodysLoss() {
    header(7);
    pictures(0, 10);
    header(8);
    pictures(20_000, 25);
    pictures(21_000, 1);
    assertThat(plain())
        .endsWith(
            "DISCONTINUITY-SEQUENCE:0\n#EXT-X-MAP:URI=\"init2.mp4\"\n#EXTINF:1.000,\n0.m4s\n");
  }

  @Test
  void keepsTheLastSegmentsAndParts() {
    header(7);
    pictures(0, 25);
    header(8);
    for (int i = 0; i < 20; i++) {
      pictures(1000L * i, 25);
    }
    assertThat(playlist())
        .contains("#EXT-X-MEDIA-SEQUENCE:11\n", "#EXT-X-MAP:URI=\"init2.mp4\"\n")
        .doesNotContain("10.m4s", "DISCONTINUITY\n");
    assertThat(plain()).endsWith("18.m4s\n");
    assertThat(stream.file("10.m4s")).isEmpty();
    assertThat(stream.file("init1.mp4")).isEmpty();
    assertThat(
            Stream.iterate(0, i -> i + 1)
                .limit(200)
                .filter(i -> stream.file(Part.file(i)).isPresent()))
        .hasSizeLessThan(9 * 4);
  }

  @Test
  void countsDiscontinuitiesThatAreNotInItAnyMore() {
    header(7);
    for (int i = 0; i < 12; i++) {
      if (i == 5) {
        header(8);
      }
      pictures(1000L * i, 25);
    }
    assertThat(plain()).contains("#EXT-X-DISCONTINUITY-SEQUENCE:0\n", "#EXT-X-DISCONTINUITY\n");
    for (int i = 12; i < 20; i++) {
      pictures(1000L * i, 25);
    }
    assertThat(plain())
        .contains("#EXT-X-DISCONTINUITY-SEQUENCE:1\n")
        .doesNotContain("#EXT-X-DISCONTINUITY\n");
  }

  @Test
  void aSegmentOfManyBytesEnds() {
    header(7);
    pictures(0, 25);
    pictures(1000, 1);
    byte[] large = new byte[HlsStream.MOST_SEGMENT_BYTES];
    for (int i = 1; i <= 4; i++) {
      long time = 1000 + 40L * i;
      stream.fragment(
          Unpooled.wrappedBuffer(large),
          new FragmentInfo(time * MILLI, (time + 40) * MILLI, false, 1));
    }
    assertThat(plain()).contains("#EXT-X-MEDIA-SEQUENCE:2\n").endsWith("#EXTINF:0.040,\n3.m4s\n");
  }

  // ---- Parts

  @Test
  void partsOfTheNextSegmentAreInThePlaylistAsSoonAsTheyAreComplete() {
    header(7);
    pictures(0, 25);
    pictures(1000, 7);
    assertThat(playlist())
        .contains(
            """
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.038
            #EXT-X-PART-INF:PART-TARGET=0.346
            """)
        .endsWith("0.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p1.m4s\"\n");
    pictures(1000 + 7 * 40, 1); // its eighth picture
    assertThat(playlist())
        .endsWith(
            """
            0.m4s
            #EXT-X-PART:DURATION=0.320,URI="p1.m4s",INDEPENDENT=YES
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="p2.m4s"
            """);
    assertThat(stream.file("p1.m4s").orElseThrow()).hasSize(8);
    assertThat(stream.file("p2.m4s")).isEmpty();
  }

  @Test
  void aSegmentIsItsParts() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    pictures(2000, 1);
    assertThat(playlist())
        .endsWith(
            """
            0.m4s
            #EXT-X-PART:DURATION=0.320,URI="p1.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.320,URI="p2.m4s"
            #EXT-X-PART:DURATION=0.320,URI="p3.m4s"
            #EXT-X-PART:DURATION=0.040,URI="p4.m4s"
            #EXTINF:1.000,
            1.m4s
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="p5.m4s"
            """);
    byte[] whole = stream.file("1.m4s").orElseThrow();
    List<Byte> parts = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      for (byte one : stream.file("p" + i + ".m4s").orElseThrow()) {
        parts.add(one);
      }
    }
    assertThat(whole).hasSize(25).containsExactly(parts.toArray(Byte[]::new));
  }

  /** Section 6.2.2: parts more than three Target Durations from the end are not listed. */
  @Test
  void partsAreListedNearTheEndAndCanBeHadForLonger() {
    header(7);
    for (int i = 0; i <= 8; i++) {
      pictures(1000L * i, 25);
    }
    String text = playlist();
    assertThat(text.indexOf("#EXT-X-PART:")).isGreaterThan(text.indexOf("\n4.m4s"));
    assertThat(text).contains("\n0.m4s\n").doesNotContain("\"p5.m4s\"");
    assertThat(stream.file("p5.m4s")).isPresent();
  }

  @Test
  void tagsOfASegmentStandBeforeItsFirstPart() {
    header(7);
    pictures(0, 25);
    pictures(1000, 5);
    header(8);
    pictures(9000, 8);
    assertThat(playlist())
        .endsWith(
            """
            1.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="init2.mp4"
            #EXT-X-PART:DURATION=0.320,URI="p2.m4s",INDEPENDENT=YES
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="p3.m4s"
            """);
    assertThat(stream.file("init2.mp4").orElseThrow()).containsExactly(8);
  }

  /**
   * Section 4.4.4.9: parts are not longer than the target, and not shorter than 85 % of it but for
   * independent ones and the last of a segment.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 3, 5, 6, 7, 8, 10, 12, 12.5, 15, 18, 20, 24, 25, 29.97, 30, 50, 60})
  void partsAreAsLongAsPromised(double rate) {
    header(7);
    double millis = 1000 / rate;
    long group = Math.max(2, Math.round(rate * 2));
    for (long i = 0; i < 20 * group; i++) {
      long from = Math.round(i * millis * MILLI);
      long jitter = (i * 7919) % 5 * MILLI; // cameras have that
      long end = from + Math.round(millis * MILLI);
      stream.fragment(
          Unpooled.wrappedBuffer(new byte[] {1}),
          new FragmentInfo(from + jitter, end + jitter, i % group == 0, 1));
    }
    String text = playlist();
    Matcher target = Pattern.compile("PART-TARGET=([0-9.]+)").matcher(text);
    assertThat(target.find()).isTrue();
    double most = Double.parseDouble(target.group(1));
    assertThat(most).isBetween(0.25, Math.max(0.45, 1.1 / rate));
    Matcher parts = PART.matcher(text);
    int count = 0;
    while (parts.find()) {
      double length = Double.parseDouble(parts.group(1));
      assertThat(length).isLessThanOrEqualTo(most);
      boolean isLast = text.startsWith("#EXTINF", parts.end() + 1);
      if (!isLast && parts.group(3) == null) {
        assertThat(length).isGreaterThanOrEqualTo(0.85 * most - 0.0005);
      }
      count++;
    }
    assertThat(count).isGreaterThan(2);
  }

  @Test
  void soundBesideAPictureIsCutWithIt() {
    header(7);
    for (int group = 0; group <= 2; group++) {
      for (int i = 0; i < 25; i++) {
        long time = 1000L * group + 40L * i;
        frame(time, time + 40, i == 0, 1, i);
        sound(time + 10);
        sound(time + 30);
      }
    }
    assertThat(playlist())
        .contains(
            """
            #EXT-X-PART-INF:PART-TARGET=0.346
            """,
            """
            #EXT-X-PART:DURATION=0.320,URI="p1.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.320,URI="p2.m4s"
            #EXT-X-PART:DURATION=0.320,URI="p3.m4s"
            #EXT-X-PART:DURATION=0.040,URI="p4.m4s"
            #EXTINF:1.000,
            """);
  }

  /** Sound behind a picture with which a part ended is in no part without a picture. */
  @Test
  void thereIsNoPartWithoutADuration() {
    header(7);
    for (int group = 0; group <= 2; group++) {
      for (int i = 0; i < 24; i++) {
        long time = 960L * group + 40L * i;
        frame(time, time + 40, i == 0, 1, i);
        sound(time + 30);
      }
    }
    assertThat(playlist()).doesNotContain("DURATION=0.000");
    assertThat(stream.file("p3.m4s").orElseThrow()).endsWith(23);
    assertThat(stream.file("p4.m4s").orElseThrow()).startsWith(99, 0, 99);
  }

  @Test
  void soundGoesOnWherePicturesStandStill() {
    header(7);
    pictures(0, 25);
    pictures(1000, 5);
    for (int i = 0; i < 200; i++) {
      sound(1200 + 20L * i);
    }
    assertThat(plain()).contains("\n2.m4s\n");
    pictures(5200, 8);
    PART.matcher(playlist())
        .results()
        .skip(2) // that of the pictures, and that in which they were missed
        .forEach(part -> assertThat(Double.parseDouble(part.group(1))).isLessThan(0.347));
  }

  @Test
  void aSegmentHasABoundedNumberOfParts() {
    header(7);
    pictures(0, 25);
    for (int i = 0; i < 1000; i++) {
      frame(1000 + i % 2 * 900, 1000 + i % 2 * 900 + 400, i == 0, 1, 1); // back and forth
    }
    assertThat(PART.matcher(playlist()).results().count())
        .isLessThanOrEqualTo(9L * HlsStream.MOST_PARTS);
  }

  // ---- Requests that wait (section 6.2.5.2)

  private void begin() {
    header(7);
    pictures(0, 25);
    pictures(1000, 25);
    pictures(2000, 1);
  }

  @Test
  void aRequestForAPartIsAnsweredWithIt() {
    begin();
    CompletableFuture<Void> first = stream.await(new Reload(2, 0));
    CompletableFuture<Void> second = stream.await(new Reload(2, 1));
    CompletableFuture<Void> whole = stream.await(new Reload(2, -1));
    assertThat(first).isNotDone();
    for (int i = 1; i < 9; i++) {
      frame(2000 + 40L * i, 2040 + 40L * i, false, 1, i);
    }
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(whole).isNotDone();
    assertThat(stream.waiting()).isEqualTo(2);
    pictures(3000, 1);
    assertThat(second).isCompleted();
    assertThat(whole).isCompleted();
    assertThat(stream.waiting()).isZero();
  }

  @Test
  void aRequestForWhatIsThereIsAnsweredAtOnce() {
    begin();
    assertThat(stream.await(new Reload(0, -1))).isCompleted();
    assertThat(stream.await(new Reload(1, 3))).isCompleted();
    assertThat(stream.await(new Reload(0, 50))).isCompleted();
  }

  @Test
  void aPartBehindTheLastOfItsSegmentIsTheFirstOfTheNext() {
    begin();
    CompletableFuture<Void> answer = stream.await(new Reload(1, 4));
    CompletableFuture<Void> inOpen = stream.await(new Reload(2, 5));
    assertThat(answer).isNotDone();
    for (int i = 1; i < 8; i++) {
      frame(2000 + 40L * i, 2040 + 40L * i, false, 1, i);
    }
    assertThat(answer).isCompleted();
    pictures(3000, 7); // segment 2 has ended with its second part
    assertThat(inOpen).isNotDone();
    frame(3280, 3320, false, 1, 1);
    assertThat(inOpen).isCompleted();
  }

  @Test
  void whatIsTooFarAheadIsRefused() {
    begin(); // segment 1 is the last
    refused(stream.await(new Reload(4, -1)), "too far ahead");
    refused(stream.await(new Reload(4, 0)), "too far ahead");
    assertThat(stream.await(new Reload(3, -1))).isNotDone();
    // the Advance Part Limit is 3 s: 9 parts of 0.346 s
    assertThat(stream.await(new Reload(2, 8))).isNotDone();
    refused(stream.await(new Reload(2, 9)), "too far ahead");
    refused(stream.await(new Reload(3, 9)), "too far ahead");
  }

  @Test
  void beforeTheFirstSegmentAllWaitForIt() {
    CompletableFuture<Void> answer = stream.await(new Reload(1, 0));
    CompletableFuture<Void> ofBefore = stream.await(new Reload(500, 0));
    header(7);
    pictures(0, 25);
    pictures(1000, 1);
    assertThat(answer).isNotDone();
    refused(ofBefore, "too far ahead");
  }

  @Test
  void aRequestForTheHintedPartIsAnsweredWithIt() {
    begin();
    assertThat(playlist()).endsWith("URI=\"p5.m4s\"\n");
    CompletableFuture<Void> hinted = stream.await("p5.m4s");
    assertThat(hinted).isNotDone();
    refused(stream.await("p6.m4s"), "no such segment");
    refused(stream.await("2.m4s"), "no such segment");
    assertThat(stream.await("p4.m4s")).isCompleted();
    pictures(3000, 1); // the part ends with its segment
    assertThat(hinted).isCompleted();
    assertThat(stream.file("p5.m4s").orElseThrow()).hasSize(1);
  }

  /** The part that comes next is the hinted one in whichever segment it is. */
  @Test
  void theHintHoldsOverAnOutageAndAnotherHeader() {
    begin();
    for (int i = 1; i < 8; i++) {
      frame(2000 + 40L * i, 2040 + 40L * i, false, 1, i);
    }
    assertThat(playlist()).endsWith("URI=\"p6.m4s\"\n");
    CompletableFuture<Void> hinted = stream.await("p6.m4s");
    header(8);
    pictures(60_000, 8);
    assertThat(hinted).isCompleted();
    assertThat(stream.file("p6.m4s").orElseThrow()).hasSize(8);
  }

  @Test
  void requestsThatWaitAreBounded() {
    begin();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < WaitingRequests.MOST; i++) {
      all.add(stream.await(new Reload(2, 0)));
    }
    refused(stream.await(new Reload(2, 0)), "As many requests wait");
    assertThat(stream.await(new Reload(0, -1))).isCompleted();
    all.get(0).cancel(false); // its connection is closed
    assertThat(stream.waiting()).isEqualTo(WaitingRequests.MOST - 1);
    CompletableFuture<Void> another = stream.await("p5.m4s");
    assertThat(another).isNotDone();
    pictures(3000, 1);
    assertThat(another).isCompleted();
    assertThat(stream.waiting()).isZero();
  }

  @Test
  void theEndOfTheCameraEndsWhatWaits() {
    CompletableFuture<Void> first = stream.await(Reload.NONE);
    stream.ended("removed");
    refused(first, "has ended");

    HlsStream another = new HlsStream();
    another.close();
    refused(another.await(Reload.NONE), "has ended");
  }

  @Test
  void theEndOfTheCameraEndsReloadsAndHints() {
    begin();
    CompletableFuture<Void> reload = stream.await(new Reload(2, 0));
    CompletableFuture<Void> hinted = stream.await("p5.m4s");
    stream.ended("removed");
    refused(reload, "has ended");
    refused(hinted, "has ended");
    assertThat(stream.waiting()).isZero();
  }
}
