package dev.photofinish.connect.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.connect.loss.SynSchedule.Window;
import org.junit.jupiter.api.Test;

class SynScheduleTest {
  @Test
  void aKernelRepeatsLinearlyThenDoubling() {
    assertThat(SynSchedule.ofOneDial(12_000, 4).times())
        .containsExactly(0L, 1000L, 2000L, 3000L, 4000L, 5000L, 7000L, 11_000L);
    assertThat(SynSchedule.ofOneDial(12_000, 0).times()).containsExactly(0L, 1000L, 3000L, 7000L);
  }

  @Test
  void firstWinsSendsThemEarlierAndMore() {
    assertThat(SynSchedule.ofFirstWins(250, 5000, 4).times())
        .containsExactly(
            0L, 250L, 500L, 750L, 1000L, 1250L, 1750L, 2000L, 2250L, 2250L, 2500L, 2750L, 3250L,
            3500L, 3750L, 4250L, 4500L, 4750L);
  }

  @Test
  void withHistoryThereIsAFreshSynEveryDelay() {
    assertThat(SynSchedule.ofFirstWinsWithHistory(100, 1050, 4).times())
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L, 1000L);
  }

  @Test
  void windowsEndWhereTheNextSynLeaves() {
    assertThat(SynSchedule.ofFirstWins(250, 5000, 4).windows())
        .startsWith(new Window(1, 250), new Window(2, 500))
        .contains(new Window(8, 2250), new Window(10, 2500))
        .doesNotContain(new Window(9, 2250))
        .endsWith(new Window(18, 5000));
  }

  @Test
  void everySynMustBeLost() {
    assertThat(new Window(3, 500).decidedBy(0.3)).isCloseTo(1 - 0.027, within(1e-12));
  }
}
