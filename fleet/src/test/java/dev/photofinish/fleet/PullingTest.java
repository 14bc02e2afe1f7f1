package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The cameras by which nodes read from each other. */
class PullingTest {
  @Test
  void aNodeThatIsGoneIsAskedUntilAnotherHoldsTheCamera() throws Exception {
    // One that gave up would repeat no picture for its readers, and be held again 5 s late.
    assertThat(Pulling.of(null).camera("rtsp://127.0.0.1:1/door").retry().maxReconnectionAttempts())
        .isEqualTo(-1);
  }
}
