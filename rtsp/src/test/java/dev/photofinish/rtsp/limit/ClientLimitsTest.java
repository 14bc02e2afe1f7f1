package dev.photofinish.rtsp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.clientlimit.LimitPolicy;
import dev.photofinish.connect.route.Endpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientLimitsTest {
  private static final List<Endpoint> CAMERA = List.of(new Endpoint("192.0.2.1", 554));

  private String network = "home";
  private final ClientLimits limits = new ClientLimits(() -> network);

  /** The same address may be another camera's elsewhere. */
  @Test
  void whatIsLearntHoldsOnItsNetwork() {
    ClientLimit one = new ClientLimit(1, LimitPolicy.DROPS_OLDEST, 0, "a test", 0);
    limits.restore(CAMERA, one, Duration.ZERO, 1);
    limits.overUdp(limits.key(CAMERA.get(0)), true);
    assertThat(limits.profile(CAMERA, 1)).isPresent();
    assertThat(limits.overUdp(limits.key(CAMERA.get(0)))).isTrue();

    network = "office";
    assertThat(limits.profile(CAMERA, 1)).isEmpty();
    assertThat(limits.overUdp(limits.key(CAMERA.get(0)))).isFalse();

    network = "home";
    assertThat(limits.profile(CAMERA, 1)).isEmpty();
  }
}
