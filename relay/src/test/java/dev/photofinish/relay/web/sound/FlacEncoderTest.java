package dev.photofinish.relay.web.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.format.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that what was encoded is decoded again as it was, by a decoder written from the RFC. */
class FlacEncoderTest {
  private static int[] samples(int count, IntUnaryOperator sample) {
    return IntStream.range(0, count).map(sample).toArray();
  }

  @Test
  void silenceIsSmall() {
    ByteBuf frame = new FlacEncoder(8000, 1).encode(new int[][] {new int[160]});
    assertThat(frame.readableBytes()).isLessThan(40);
    assertThat(FlacDecoder.decode(frame, 1)).isDeepEqualTo(new int[][] {new int[160]});
  }

  @Test
  void aToneIsSmallerThanItsSamples() {
    int[] tone = samples(160, i -> (int) (8000 * Math.sin(i / 8000.0 * 440 * 2 * Math.PI)));
    ByteBuf frame = new FlacEncoder(8000, 1).encode(new int[][] {tone});
    assertThat(frame.readableBytes()).isLessThan(250);
    assertThat(FlacDecoder.decode(frame, 1)).isDeepEqualTo(new int[][] {tone});
  }

  @Test
  void noiseIsNoLargerThanItsSamples() {
    Random random = new Random(7);
    int[] noise = samples(320, i -> (short) random.nextInt());
    ByteBuf frame = new FlacEncoder(8000, 1).encode(new int[][] {noise});
    assertThat(frame.readableBytes()).isLessThan(640 + 20);
    assertThat(FlacDecoder.decode(frame, 1)).isDeepEqualTo(new int[][] {noise});
  }

  @Test
  void stereoAndTheSmallestBlockAndExtremes() {
    int[] left = samples(16, i -> i % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE);
    int[] right = samples(16, i -> i * i - 100);
    ByteBuf frame = new FlacEncoder(48_000, 2).encode(new int[][] {left, right});
    assertThat(FlacDecoder.decode(frame, 2)).isDeepEqualTo(new int[][] {left, right});
  }

  /** GStreamer's flacparse takes no frame that leaves the rate to STREAMINFO. */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 44_100, 48_000})
  void eachFrameSaysItsRate(int rate) {
    ByteBuf frame = new FlacEncoder(rate, 1).encode(new int[][] {new int[160]});
    assertThat(FlacDecoder.rate(frame)).isEqualTo(rate);
  }

  @Test
  void framesAreNumberedByTheirFirstSample() {
    FlacEncoder encoder = new FlacEncoder(8000, 1);
    long expected = 0;
    for (int size : new int[] {160, 65_535, 65_535, 16, 65_535, 200}) {
      int[] ramp = samples(size, i -> i % 1000);
      ByteBuf frame = encoder.encode(new int[][] {ramp});
      assertThat(FlacDecoder.firstSample(frame)).isEqualTo(expected);
      assertThat(FlacDecoder.decode(frame, 1)).isDeepEqualTo(new int[][] {ramp});
      expected += size;
    }
  }

  @Test
  void describesTheStream() {
    ByteBuf information = Unpooled.wrappedBuffer(new FlacEncoder(8000, 1).streamInformation());
    assertThat(information.readableBytes()).isEqualTo(34);
    BitReader bits = new BitReader(information, 0, 34);
    assertThat(bits.bits(16)).isEqualTo(16);
    assertThat(bits.bits(16)).isEqualTo(65_535);
    bits.bits(24);
    bits.bits(24);
    assertThat(bits.bits(20)).isEqualTo(8000);
    assertThat(bits.bits(3)).isZero();
    assertThat(bits.bits(5)).isEqualTo(15);
  }

  /** Values of ITU-T G.711, tables 1a and 2a, in 16 bits. */
  @Test
  void samplesOfTelephones() {
    assertThat(Samples.mu(0xff)).isZero();
    assertThat(Samples.mu(0x80)).isEqualTo(32_124);
    assertThat(Samples.mu(0x00)).isEqualTo(-32_124);
    assertThat(Samples.a(0xd5)).isEqualTo(8);
    assertThat(Samples.a(0x55)).isEqualTo(-8);
    assertThat(Samples.a(0xaa)).isEqualTo(32_256);
    assertThat(Samples.a(0x2a)).isEqualTo(-32_256);
  }
}
