package dev.photofinish.relay.web.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.relay.web.hls.WaitingRequests.Outcome;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait, each for a time of its own. */
@Timeout(120)
class WaitingRequestsTest {
  private final WaitingRequests waiting = new WaitingRequests();

  @Test
  void aRequestWaitsForItsTimeAtMost() {
    CompletableFuture<Void> answer = waiting.await(() -> Outcome.WAITS, 1);
    assertThat(waiting.count()).isEqualTo(1);
    assertThatThrownBy(answer::join).cause().isInstanceOf(TimeoutException.class);
    while (waiting.count() > 0) {
      Thread.onSpinWait(); // it leaves with its answer; the test's time is bounded
    }
  }

  /** What is reached between its first look and its entry would not be looked at again. */
  @Test
  void isNotLateForWhatIsReachedWhileItEnters() {
    Iterator<Outcome> outcomes = List.of(Outcome.WAITS, Outcome.REACHED).iterator();
    assertThat(waiting.await(outcomes::next, 10)).isCompleted();
    assertThat(waiting.count()).isZero();
  }
}
