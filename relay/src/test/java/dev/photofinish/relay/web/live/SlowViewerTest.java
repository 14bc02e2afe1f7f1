package dev.photofinish.relay.web.live;

import static dev.photofinish.relay.web.live.SlowViewer.Decision.CLOSE;
import static dev.photofinish.relay.web.live.SlowViewer.Decision.SEND;
import static dev.photofinish.relay.web.live.SlowViewer.Decision.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The bound of what waits for a browser that does not read. */
class SlowViewerTest {
  private final SlowViewer viewer = new SlowViewer(1000, 10);

  @Test
  void skipsToAKeyFrameThatHasRoom() {
    assertThat(viewer.next(900, true, 0)).isEqualTo(SEND);
    assertThat(viewer.next(200, false, 0)).isEqualTo(SEND);
    assertThat(viewer.next(1, false, 1)).isEqualTo(SKIP);
    assertThat(viewer.next(1, true, 2)).isEqualTo(SKIP);
    viewer.sent(900);
    assertThat(viewer.next(1, false, 3)).isEqualTo(SKIP);
    assertThat(viewer.next(1, true, 4)).isEqualTo(SEND);
    assertThat(viewer.next(1, false, 5)).isEqualTo(SEND);
  }

  @Test
  void closesOneThatDoesNotCatchUp() {
    assertThat(viewer.next(1001, true, 0)).isEqualTo(SEND);
    assertThat(viewer.next(1, true, 1)).isEqualTo(SKIP);
    assertThat(viewer.next(1, true, 10)).isEqualTo(SKIP);
    assertThat(viewer.next(1, true, 11)).isEqualTo(CLOSE);
  }

  /** The key frame is what it waits for, not room. */
  @Test
  void doesNotCloseOneThatHasCaughtUp() {
    assertThat(viewer.next(1001, true, 0)).isEqualTo(SEND);
    assertThat(viewer.next(1, false, 1)).isEqualTo(SKIP);
    viewer.sent(1001);
    assertThat(viewer.next(1, false, 100)).isEqualTo(SKIP);
    assertThat(viewer.next(1, true, 101)).isEqualTo(SEND);
  }
}
