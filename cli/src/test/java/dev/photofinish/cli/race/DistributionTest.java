package dev.photofinish.cli.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  @Test
  void percentilesAreNearestRanksOfTheWonRaces() {
    Distribution hundred = new Distribution(100, LongStream.rangeClosed(1, 100).boxed().toList());

    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(95)).isEqualTo(95);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.max()).isEqualTo(100);
    assertThat(hundred.mean()).isEqualTo(50);
  }

  @Test
  void lostRacesCountInTheShareAlone() {
    Distribution half = new Distribution(4, List.of(30L, 10L));

    assertThat(half.within(9)).isZero();
    assertThat(half.within(10)).isEqualTo(0.25);
    assertThat(half.within(1000)).isEqualTo(0.5);
    assertThat(half.percentile(50)).isEqualTo(10);
    assertThat(new Distribution(3, List.of()).percentile(50)).isEqualTo(-1);
  }
}
