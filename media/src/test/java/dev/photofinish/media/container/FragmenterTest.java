package dev.photofinish.media.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Boxes;
import dev.photofinish.media.Collected;
import dev.photofinish.media.Frames;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.ts.TsContainer;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import dev.photofinish.rtp.format.Ticks;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmenterTest {
  private static final FragmentOptions ONE_MEDIA = FragmentOptions.defaults().withMedias(1);

  private final Collected output = new Collected();

  private Fragmenter fragmenter(FragmentOptions options) {
    return new Fragmenter(new Mp4Container(), options, output);
  }

  private List<Long> times() {
    return output.fragments.stream().map(fragment -> fragment.time() / 1_000_000).toList();
  }

  private List<Boxes.Sample> samples(int track) {
    return Boxes.samples(output.all.toByteArray(), track);
  }

  @Test
  void beginsWithAKeyFrame() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, false));
      fragmenter.add(Frames.picture(40, true));
      fragmenter.add(Frames.picture(80, false));
      assertThat(fragmenter.leftOutFrames()).isEqualTo(1);
    }
    assertThat(samples(1)).extracting(Boxes.Sample::decodeTime).containsExactly(0L, 3600L);
    assertThat(samples(1)).extracting(Boxes.Sample::sync).containsExactly(true, false);
  }

  @Test
  void cutsAfterEachSecondAndBeforeEachKeyFrame() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      for (int i = 0; i < 100; i++) {
        fragmenter.add(Frames.picture(40L * i, i % 40 == 0));
      }
    }
    assertThat(times()).containsExactly(0L, 1000L, 1600L, 2600L, 3200L);
    assertThat(output.fragments)
        .extracting(Fragment::keyFrame)
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void cutsBeforeKeyFramesAloneWhereThatIsAsked() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA.withAtKeyFrames(true))) {
      for (int i = 0; i < 100; i++) {
        fragmenter.add(Frames.picture(40L * i, i % 20 == 0));
      }
    }
    assertThat(times()).containsExactly(0L, 1600L, 3200L);
  }

  @Test
  void eachFrameIsAFragmentWhereTheLengthIsZero() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA.withLength(Duration.ZERO))) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(40, false));
      assertThat(times()).containsExactly(0L);
    }
    assertThat(times()).containsExactly(0L, 40L);
  }

  @Test
  void aFrameThatIsGivenOutAtOnceLastsAsLongAsTheOneBeforeIt() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA.withLength(Duration.ZERO))) {
      for (long millis : new long[] {0, 100, 200, 10_000, 10_100}) {
        fragmenter.add(Frames.picture(millis, millis == 0));
        fragmenter.flush();
      }
    }
    assertThat(samples(1))
        .extracting(Boxes.Sample::duration)
        .containsExactly(3600L, 9000L, 9000L, 9000L, 9000L);
    assertThat(output.fragments.get(2).end()).isEqualTo(300_000_000L);
  }

  /** The last picture in decoding order is not the last that is shown. */
  @Test
  void aFragmentEndsWithThePictureThatIsShownLast() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      for (long millis : new long[] {0, 120, 40, 80, 240, 160, 200}) {
        fragmenter.add(Frames.picture(millis, millis == 0));
      }
    }
    assertThat(output.fragments).extracting(Fragment::end).containsExactly(280_000_000L);
  }

  @Test
  void countsTheFramesOfItsMainMedia() {
    try (Fragmenter fragmenter = fragmenter(FragmentOptions.defaults().withMedias(2))) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.sound(0));
      fragmenter.add(Frames.sound(20));
      fragmenter.add(Frames.picture(40, false));
    }
    assertThat(output.fragments).extracting(Fragment::frames).containsExactly(4);
    assertThat(output.fragments).extracting(Fragment::mainFrames).containsExactly(2);
  }

  @Test
  void waitsASecondForOtherMediaAndLeavesAudioFromBeforeTheKeyFrameOut() {
    try (Fragmenter fragmenter = fragmenter(FragmentOptions.defaults())) {
      fragmenter.add(Frames.sound(0));
      fragmenter.add(Frames.picture(30, true));
      fragmenter.add(Frames.sound(40));
      assertThat(output.headers).isEmpty();
      fragmenter.add(Frames.picture(1030, false));
      assertThat(output.headers).hasSize(1);
    }
    assertThat(output.headers.get(0).tracks()).hasSize(2);
    assertThat(output.headers.get(0).contentType())
        .isEqualTo("video/mp4; codecs=\"avc1.42c00d, ulaw\"");
    assertThat(samples(2)).extracting(Boxes.Sample::time).containsExactly(80L);
  }

  @Test
  void audioThatCameBeforeTheFirstKeyFrameAndBelongsBehindItIsKept() {
    try (Fragmenter fragmenter = fragmenter(FragmentOptions.defaults().withMedias(2))) {
      fragmenter.add(Frames.picture(0, false));
      for (int millis = 0; millis < 3400; millis += 20) {
        fragmenter.add(Frames.sound(millis));
      }
      fragmenter.add(Frames.picture(3200, true));
      fragmenter.add(Frames.sound(3400));
      assertThat(fragmenter.leftOutFrames()).isEqualTo(161);
    }
    assertThat(samples(2)).hasSize(11).first().returns(0L, Boxes.Sample::decodeTime);
    assertThat(samples(1)).hasSize(1);
  }

  /** A camera that never sends a key frame: little is kept, and nothing leaks. */
  @ParameterizedTest
  @ValueSource(ints = {20, -20, 0})
  void audioThatWaitsForTheFirstKeyFrameIsBounded(int step) {
    List<Frame> sounds = new ArrayList<>();
    try (Fragmenter fragmenter = fragmenter(FragmentOptions.defaults().withMedias(2))) {
      fragmenter.add(Frames.picture(0, false));
      for (int i = 0; i < 10_000; i++) {
        sounds.add(Frames.sound(1_000_000L + (long) step * i));
        fragmenter.add(sounds.get(i));
      }
      fragmenter.flush();
      assertThat(sounds.stream().filter(frame -> frame.refCnt() > 0).count())
          .isBetween(1L, step > 0 ? 100L : 4096L);
    }
    assertThat(sounds).allMatch(frame -> frame.refCnt() == 0);
    assertThat(output.headers).isEmpty();
    assertThat(output.fragments).isEmpty();
  }

  @Test
  void aMediaThatComesLaterIsInTheNextHeader() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.sound(10));
      fragmenter.add(Frames.picture(40, false));
      assertThat(output.headers).hasSize(1);
      fragmenter.add(Frames.picture(80, true));
      fragmenter.add(Frames.sound(90));
      assertThat(fragmenter.leftOutFrames()).isEqualTo(1);
    }
    assertThat(output.headers).extracting(header -> header.tracks().size()).containsExactly(1, 2);
  }

  @Test
  void aChangedFormatIsInANewHeaderBeforeItsKeyFrame() {
    FrameFormat other = Frames.H264.withSize(640, 480);
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(40, false));
      fragmenter.add(Frames.picture(other, 80, true, false, false));
      fragmenter.add(Frames.picture(other, 120, false, false, false));
    }
    assertThat(output.headers)
        .extracting(header -> header.tracks().get(0).format().width())
        .containsExactly(320, 640);
    assertThat(times()).containsExactly(0L, 80L);
    assertThat(samples(1))
        .extracting(Boxes.Sample::time)
        .containsExactly(0L, 3600L, 7200L, 10_800L);
  }

  @Test
  void withParameterSetsInBandAChangedFormatNeedsNoHeader() {
    FrameFormat other = Frames.H264.withSize(640, 480);
    try (Fragmenter fragmenter =
        new Fragmenter(Mp4Container.withParameterSetsInBand(), ONE_MEDIA, output)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(other, 40, true, false, false));
    }
    assertThat(output.headers).hasSize(1);
    assertThat(output.headers.get(0).contentType()).contains("avc3.42c00d");
    assertThat(samples(1).get(0).data()).hasSizeGreaterThan(2 * (4 + 1 + 4 + 5)); // SPS, PPS, slice
  }

  @Test
  void withParameterSetsInBandOtherVideoMayChangeItsSizeToo() {
    Container container = Mp4Container.withParameterSetsInBand();
    FrameFormat small = FrameFormat.video(Codec.VP8, 90_000).withSize(320, 240);
    assertThat(container.continues(small, small.withSize(640, 480))).isTrue();
    assertThat(container.continues(small, Frames.H264)).isFalse();
    FrameFormat described = FrameFormat.video(Codec.MPEG4_VISUAL, 90_000).withSize(320, 240);
    assertThat(container.continues(described, described.withSize(640, 480))).isFalse();
  }

  /** A camera whose video has died, and comes back within a group of pictures. */
  @Test
  void aDeadVideoKeepsNoHeaderFromBeingMade() {
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(15));
    try (Fragmenter fragmenter = fragmenter(options)) {
      fragmenter.add(Frames.picture(0, true));
      for (int millis = 0; millis < 50_000; millis += 20) {
        fragmenter.add(Frames.sound(millis));
        if (millis >= 40_000 && millis % 1000 == 0) {
          fragmenter.add(Frames.picture(millis, millis == 42_000));
        }
      }
      assertThat(fragmenter.leftOutFrames()).isEqualTo(2);
    }
    assertThat(output.headers)
        .extracting(header -> header.tracks().size())
        .containsExactly(2, 1, 1, 2);
    assertThat(times()).contains(0L, 15_000L, 30_000L, 42_000L);
  }

  @Test
  void aVideoThatIsSilentForSomeSecondsIsWaitedFor() {
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(2));
    try (Fragmenter fragmenter = fragmenter(options)) {
      fragmenter.add(Frames.picture(0, true));
      for (int millis = 0; millis < 10_000; millis += 20) {
        fragmenter.add(Frames.sound(millis));
      }
    }
    assertThat(output.headers).hasSize(1);
  }

  @Test
  void aGapStaysAGapAndIsMarked() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(40, false));
      fragmenter.add(Frames.picture(Frames.H264, 60_000, true, false, true));
    }
    assertThat(output.headers).hasSize(1);
    assertThat(output.fragments).extracting(Fragment::discontinuity).containsExactly(false, true);
    assertThat(samples(1)).extracting(Boxes.Sample::time).containsExactly(0L, 3600L, 5_400_000L);
    assertThat(samples(1).get(1).duration()).isEqualTo(3600);
    assertThat(output.fragments.get(0).end()).isEqualTo(80_000_000L);
  }

  /** As after a reconnect to a camera that was set up anew meanwhile. */
  @Test
  void aGapBeforeANewHeaderIsNoLongPicture() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(40, false));
      fragmenter.add(Frames.picture(Frames.H264.withSize(640, 480), 5000, true, false, true));
    }
    assertThat(output.headers).hasSize(2);
    assertThat(output.fragments).extracting(Fragment::discontinuity).containsExactly(false, true);
    assertThat(output.fragments.get(0).end()).isEqualTo(80_000_000L);
  }

  /** As in a file of a recording that begins after a short gap. */
  @Test
  void timesBeginBehindAGapThatANewHeaderEnds() {
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofMinutes(10));
    FrameFormat other = Frames.H264.withSize(640, 480);
    try (Fragmenter fragmenter = fragmenter(options)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.sound(0));
      fragmenter.add(Frames.sound(900)); // it is back before the video
      fragmenter.add(Frames.picture(other, 960, true, false, true));
      fragmenter.add(Frames.sound(940));
    }
    byte[] second = output.fragmentBytes.get(output.fragmentBytes.size() - 1);
    assertThat(Boxes.samples(second, 1).get(0).time()).isEqualTo(40 * 90);
    assertThat(Boxes.samples(second, 2).get(0).time()).isEqualTo(20 * 8);
  }

  @Test
  void aGapIsMarkedThoughTheFirstFrameAfterItIsLeftOut() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      FrameFormat other = Frames.H264.withSize(640, 480);
      fragmenter.add(Frames.picture(other, 5000, false, false, true));
      fragmenter.add(Frames.picture(other, 5040, true, false, false));
      assertThat(fragmenter.leftOutFrames()).isEqualTo(1);
    }
    assertThat(output.fragments).extracting(Fragment::discontinuity).containsExactly(false, true);
    assertThat(output.fragments.get(0).end()).isEqualTo(40_000_000L);
  }

  @Test
  void damagedFramesAreLeftOutUpToTheNextKeyFrameWhereThatIsAsked() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA.withDamagedFrames(false))) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(Frames.H264, 40, false, true, false));
      fragmenter.add(Frames.picture(80, false));
      fragmenter.add(Frames.picture(120, true));
      assertThat(fragmenter.leftOutFrames()).isEqualTo(2);
    }
    assertThat(samples(1)).extracting(Boxes.Sample::time).containsExactly(0L, 10_800L);
  }

  @Test
  void damagedFramesAreKeptOtherwise() {
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(Frames.H264, 40, false, true, false));
    }
    assertThat(samples(1)).hasSize(2);
  }

  @Test
  void aKeyFrameThatIsAFewMillisecondsEarlyIsNotTooEarlyForAHeader() {
    FragmentOptions options = ONE_MEDIA.withHeaderEvery(Duration.ofSeconds(2));
    try (Fragmenter fragmenter = fragmenter(options)) {
      for (long millis : new long[] {0, 1003, 1996, 3001, 3991, 5000, 5900, 6900}) {
        fragmenter.add(Frames.picture(millis, true));
      }
    }
    assertThat(output.headers).hasSize(4);
  }

  @Test
  void timesBeginAgainWithEachHeaderThatIsDueAndNoAudioIsLost() {
    try (Fragmenter fragmenter =
        fragmenter(
            FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(2)))) {
      for (int millis = 0; millis < 4000; millis += 20) {
        if (millis % 40 == 0) {
          fragmenter.add(Frames.picture(millis, millis % 1000 == 0));
        }
        fragmenter.add(Frames.sound(Math.max(0, millis - 10)));
      }
      assertThat(fragmenter.leftOutFrames()).isZero();
    }
    assertThat(output.headers).hasSize(2);
    List<Fragment> fragments = output.fragments;
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    for (int i = 0; i < fragments.size(); i++) {
      if (fragments.get(i).time() >= 1_990_000_000L) {
        second.writeBytes(output.fragmentBytes.get(i));
      }
    }
    assertThat(Boxes.samples(second.toByteArray(), 1).get(0).time()).isZero();
    assertThat(Boxes.samples(second.toByteArray(), 2).get(0).time()).isEqualTo(80);
  }

  /** Of a recording: the bytes behind each header. */
  private static final class Files implements FragmentOutput {
    private final List<ByteArrayOutputStream> files = new ArrayList<>();

    @Override
    public void header(Header header) {
      header.content().release();
      files.add(new ByteArrayOutputStream());
    }

    @Override
    public void fragment(Fragment fragment) {
      files.get(files.size() - 1).writeBytes(ByteBufUtil.getBytes(fragment.content()));
      fragment.content().release();
    }

    List<Boxes.Sample> samples(int file, int track) {
      return Boxes.samples(files.get(file).toByteArray(), track);
    }
  }

  /** Audio that comes earlier or later than the picture of its time, by up to a second. */
  @ParameterizedTest
  @ValueSource(ints = {-700, -300, -30, 0, 30, 300, 900})
  void pictureAndSoundBeginAndEndTogetherAroundEachHeader(int late) {
    Files output = new Files();
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(2));
    try (Fragmenter fragmenter = new Fragmenter(new Mp4Container(), options, output)) {
      for (int millis = -1000; millis < 9000; millis += 20) {
        if (millis >= 0 && millis % 40 == 0 && millis < 8000) {
          fragmenter.add(Frames.picture(millis, millis % 1040 == 0));
        }
        if (millis - late >= 0 && millis - late < 8000 && millis >= 0) {
          fragmenter.add(Frames.sound(millis - late));
        }
      }
    }
    assertThat(output.files).hasSize(4);
    int sounds = 0;
    long pictures = 0;
    for (int i = 0; i < 4; i++) {
      List<Boxes.Sample> video = output.samples(i, 1);
      List<Boxes.Sample> audio = output.samples(i, 2);
      Boxes.Sample lastPicture = video.get(video.size() - 1);
      Boxes.Sample lastSound = audio.get(audio.size() - 1);
      pictures += video.size();
      sounds += audio.size();
      assertThat(video.get(0).time()).isZero();
      if (i > 0 || late >= 0) { // what came before the first picture is not there
        assertThat(audio.get(0).time() / 8).isBetween(0L, 20L);
      }
      assertThat(lastSound.time() / 8 - lastPicture.time() / 90)
          .as("end of %d", i)
          .isBetween(0L, 40L);
    }
    assertThat(pictures).isEqualTo(200);
    assertThat(sounds).isEqualTo(400 - Math.max(0, -late) / 20);
  }

  /** It costs the wait of a second, and the frames of it, once. */
  @Test
  void audioThatHasEndedKeepsNoHeaderFromBeingMade() {
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(2));
    try (Fragmenter fragmenter = fragmenter(options)) {
      for (int millis = 0; millis < 9000; millis += 40) {
        fragmenter.add(Frames.picture(millis, millis % 1000 == 0));
        if (millis < 1500) {
          fragmenter.add(Frames.sound(millis));
        }
        assertThat(output.headers.size()).isGreaterThanOrEqualTo((millis + 2000 - 1040) / 2000);
      }
      fragmenter.flush();
      assertThat(fragmenter.leftOutFrames()).isZero();
    }
    assertThat(output.headers).hasSize(5);
  }

  /** What waits is written when nothing comes. */
  @Test
  void aFlushEndsTheWaitForAudio() {
    FragmentOptions options =
        FragmentOptions.defaults().withMedias(2).withHeaderEvery(Duration.ofSeconds(2));
    try (Fragmenter fragmenter = fragmenter(options)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.sound(0));
      fragmenter.add(Frames.picture(2000, true));
      assertThat(output.headers).hasSize(1);
      fragmenter.flush();
      assertThat(output.headers).hasSize(2);
      assertThat(output.fragments).hasSize(2);
    }
  }

  @Test
  void aMediaThatTheContainerCannotHaveIsSaidOnce() {
    FrameFormat data = FrameFormat.data(Codec.ONVIF_METADATA, 90_000);
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      for (int i = 0; i < 3; i++) {
        fragmenter.add(
            Frame.of(
                2, data, Unpooled.buffer().writeByte(1), new int[0], 0, RandomAccess.IDR, false));
      }
    }
    assertThat(output.leftOut).containsExactly("2: ONVIF_METADATA cannot be put into MP4");
    assertThat(output.headers).isEmpty();
  }

  /** Decode times rise and never lie behind presentation times, which are kept; nothing leaks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyFramesComeOutAsTheyWentIn(int seed) {
    Random random = new Random(seed);
    List<Frame> frames = new ArrayList<>();
    List<Long> millis = new ArrayList<>();
    int bFrames = seed % 4;
    for (int group = 0; group < 30; group++) {
      int anchor = group * (bFrames + 1) * 40;
      boolean key = group % 8 == 0;
      millis.add(anchor + 40L * bFrames);
      frames.add(Frames.picture(millis.get(millis.size() - 1), key, random(random)));
      for (int b = 0; b < bFrames && group > 0; b++) {
        millis.add(anchor + 40L * b);
        frames.add(Frames.picture(millis.get(millis.size() - 1), false, random(random)));
      }
    }
    List<String> contents =
        frames.stream().map(frame -> ByteBufUtil.hexDump(frame.unit(0))).toList();
    try (Fragmenter fragmenter = fragmenter(ONE_MEDIA)) {
      frames.forEach(fragmenter::add);
    }
    assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
    List<Boxes.Sample> samples = samples(1);
    assertThat(samples).hasSameSizeAs(frames);
    long moved = samples.get(0).time() - millis.get(0) * 90;
    for (int i = 0; i < samples.size(); i++) {
      assertThat(samples.get(i).time() - moved).isEqualTo(millis.get(i) * 90);
      assertThat(samples.get(i).decodeTime()).isLessThanOrEqualTo(samples.get(i).time());
      assertThat(samples.get(i).data()).endsWith(contents.get(i));
      if (i > 0) {
        assertThat(samples.get(i).decodeTime()).isGreaterThan(samples.get(i - 1).decodeTime());
      }
    }
  }

  private static int[] random(Random random) {
    return random.ints(random.nextInt(100), 0, 256).toArray();
  }

  @Test
  void aTransportStreamNeedsNoHeaderForOtherParameterSets() {
    FrameFormat other = Frames.H264.withSize(640, 480);
    try (Fragmenter fragmenter = new Fragmenter(new TsContainer(), ONE_MEDIA, output)) {
      fragmenter.add(Frames.picture(0, true));
      fragmenter.add(Frames.picture(other, 40, true, false, false));
    }
    assertThat(output.headers).hasSize(1);
    assertThat(output.headers.get(0).content().capacity()).isZero();
  }

  @Test
  void timesOfLongStreamsAreExact() {
    long year = 365L * 24 * 3600 * 1_000_000_000L;
    assertThat(Ticks.of(year + 33_333_333, 90_000)).isEqualTo(365L * 24 * 3600 * 90_000 + 3000);
    assertThat(Ticks.of(-1_000_000_000L, 48_000)).isEqualTo(-48_000);
  }
}
