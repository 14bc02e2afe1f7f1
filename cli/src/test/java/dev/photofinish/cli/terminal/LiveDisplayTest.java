package dev.photofinish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of the screen, as a person sees them. */
@Timeout(120)
final class LiveDisplayTest {

  @Test
  void linesStayAndTheStatusIsDrawnOver() {
    try (FakeScreen screen = new FakeScreen(40, 10);
        LiveDisplay display = new LiveDisplay(screen.window(), Glyphs.UNICODE)) {
      display.status(List.of("status one", "and more of it"));
      display.line("a line that stays");
      assertThat(screen.rows())
          .containsExactly("a line that stays", "status one", "and more of it");

      display.status(List.of("two"));
      display.lines(List.of("one block", "of two lines"), List.of("three"));
      assertThat(screen.rows())
          .containsExactly("a line that stays", "one block", "of two lines", "three");
      display.status(List.of());
      assertThat(screen.rows()).containsExactly("a line that stays", "one block", "of two lines");
    }
  }

  @Test
  void aLineThatIsWiderThanTheScreenWrapsAndAStatusIsCutOff() {
    try (FakeScreen screen = new FakeScreen(10, 10);
        LiveDisplay display = new LiveDisplay(screen.window(), Glyphs.UNICODE)) {
      display.status(List.of("0123456789abc"));
      display.line("a line of thirty characters...");
      assertThat(screen.rows())
          .containsExactly("a line of", "thirty cha", "racters...", "01234567…");
    }
  }

  @Test
  void aScreenThatBecomesNarrowerLeavesNothingBehind() {
    try (FakeScreen screen = new FakeScreen(40, 20);
        LiveDisplay display = new LiveDisplay(screen.window(), Glyphs.UNICODE)) {
      display.line("stays");
      display.status(List.of("a status of thirty five characters.", "and another one of the kind"));
      screen.narrow(20, 20);
      assertThat(screen.rows()).hasSize(5);
      display.status(List.of("now narrow", "like this"));
      assertThat(screen.rows()).containsExactly("stays", "now narrow", "like this");
    }
  }

  @Test
  void ofMoreThanTheScreenHoldsTheFirstAndTheLastAreShown() {
    try (FakeScreen screen = new FakeScreen(40, 8);
        LiveDisplay display = new LiveDisplay(screen.window(), Glyphs.UNICODE)) {
      display.status(IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).toList());
      assertThat(screen.rows())
          .containsExactly(
              "line 1", "line 2", "line 3", "line 17", "line 18", "line 19", "line 20");
    }
  }

  @Test
  void aPictureIsDrawnAgainAndAgainUntilItIsClosed() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(5);
    AtomicInteger count = new AtomicInteger();
    try (FakeScreen screen = new FakeScreen(40, 10)) {
      LiveDisplay display = new LiveDisplay(screen.window(), Glyphs.UNICODE);
      try (Redraw redraw =
          new Redraw(
              display,
              () -> {
                asked.countDown();
                return Collections.nCopies(2, "picture " + count.incrementAndGet());
              })) {
        assertThat(asked.await(60, TimeUnit.SECONDS)).as("%s", redraw).isTrue();
      }
      assertThat(screen.rows()).isEmpty();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("redraw") && thread.isAlive())
        .isEmpty();
  }
}
