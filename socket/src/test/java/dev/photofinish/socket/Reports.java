package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.address.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The races that a client ran without knowing. */
final class Reports implements Consumer<RaceReport> {
  /** The default delay; an address that refuses is left at once, but not within 10 ms. */
  private static final Duration DELAY = Duration.ofMillis(250);

  private static final Duration FLOOR = Duration.ofMillis(10);

  private final List<RaceReport> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(RaceReport report) {
    all.add(report);
  }

  RaceReport first() {
    assertThat(all).isNotEmpty();
    return all.get(0);
  }

  /** The first race went from the dead address to the live one, no sooner and no other than due. */
  void showThatTheSecondAddressWon(Dead dead) {
    RaceReport report = first();
    assertThat(report.result()).isEqualTo(Result.WON);
    List<RaceReport.Attempt> attempts = report.attempts();
    assertThat(Addresses.text(attempts.get(0).candidate().remote().getAddress()))
        .isEqualTo("127.1.1.1");
    assertThat(Addresses.text(attempts.get(1).candidate().remote().getAddress()))
        .isEqualTo("127.1.1.2");
    assertThat(report.winner()).isEqualTo(attempts.get(1));
    assertThat(Duration.ofNanos(attempts.get(1).start()))
        .isGreaterThanOrEqualTo(dead == Dead.SILENT ? DELAY : FLOOR)
        .isLessThan(report.options().racingTimeout());
  }
}
