package dev.photofinish.connect.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinomialTest {
  @Test
  void tailsOfAFairCoin() {
    assertThat(new Binomial(4, 0.5).atMost(1)).isCloseTo(5 / 16.0, within(1e-12));
    assertThat(new Binomial(4, 0.5).atLeast(3)).isCloseTo(5 / 16.0, within(1e-12));
  }

  @Test
  void certaintyLeavesNoTail() {
    assertThat(new Binomial(200, 1).atMost(199)).isZero();
    assertThat(new Binomial(200, 1).atLeast(200)).isEqualTo(1);
    assertThat(new Binomial(200, 0).atLeast(1)).isZero();
  }

  @Test
  void manyDrawsDoNotUnderflow() {
    Binomial draws = new Binomial(5000, 0.3);
    assertThat(draws.atMost(1500) + draws.atLeast(1501)).isCloseTo(1, within(1e-9));
  }
}
