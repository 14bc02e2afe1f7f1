package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loss, reordering and a change of SSRC, on their own and on the wire. */
class ImpairmentTest {

  private static final long SEED = 42;

  private static List<Integer> sent(String knob, int percent, long seed) {
    CameraOptions options = SimulatedCamera.builder().set(knob, "" + percent).options();
    Impairment impairment = new Impairment(options, new SplittableRandom(seed));
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      impairment.pass(new byte[] {(byte) i}).forEach(packet -> sent.add((int) packet[0]));
    }
    return sent;
  }

  @Test
  void passesEverythingByDefault() {
    assertThat(sent("loss", 0, SEED)).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void losesAShareOfThePacketsByTheSeed() {
    assertThat(sent("loss", 20, SEED)).hasSizeBetween(60, 95).isSorted();
    assertThat(sent("loss", 20, SEED)).isEqualTo(sent("loss", 20, SEED));
    assertThat(sent("loss", 20, SEED)).isNotEqualTo(sent("loss", 20, SEED + 1));
    assertThat(sent("loss", 100, SEED)).isEmpty();
  }

  @Test
  void swapsNeighboursAndLosesNone() {
    List<Integer> sent = sent("reorder", 20, SEED);
    assertThat(sent.size()).isBetween(99, 100);
    assertThat(sent).doesNotHaveDuplicates().isNotEqualTo(sent.stream().sorted().toList());
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i) - i).isBetween(-1, 1);
    }
  }

  @Test
  void lossAndReorderingShowInSequenceNumbers() throws Exception {
    assertThat(gaps("loss", "30")).anyMatch(gap -> gap > 1).noneMatch(gap -> gap < 0);
    assertThat(gaps("reorder", "30")).contains(-1);
    assertThat(gaps("reorder", "0")).containsOnly(1);
  }

  /** How far each of the first video packets is from the one before it. */
  private static List<Integer> gaps(String knob, String value) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(knob, value).start();
        RawClient client = RawClient.connect(camera)) {
      client.play();
      List<Integer> gaps = new ArrayList<>();
      int before = client.video().sequence();
      for (int i = 0; i < 40; i++) {
        int sequence = client.video().sequence();
        gaps.add((int) (short) (sequence - before));
        before = sequence;
      }
      return gaps;
    }
  }

  @Test
  void ssrcChangeStartsAnotherSourceAfterSoManyPackets() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("ssrc-change", "10").start();
        RawClient client = RawClient.connect(camera)) {
      client.play();
      List<Integer> sources = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        sources.add(client.video().ssrc());
      }
      assertThat(sources.stream().distinct()).hasSize(3);
      assertThat(sources.subList(0, 10)).containsOnly(sources.get(0));
      assertThat(sources.subList(10, 20)).containsOnly(sources.get(10));
    }
  }

  @Test
  void theSameSeedGivesTheSameSource() throws Exception {
    assertThat(firstSsrc("7")).isEqualTo(firstSsrc("7")).isNotEqualTo(firstSsrc("8"));
  }

  private static int firstSsrc(String seed) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("seed", seed).start();
        RawClient client = RawClient.connect(camera)) {
      client.play();
      return client.video().ssrc();
    }
  }
}
