package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing is left of a camera that was closed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "counts descriptors in /proc")
class LeakTest {

  @Test
  void aClosedCameraLeavesNoDescriptorAndNoThread() throws Exception {
    live();
    long descriptors = descriptors();
    for (int i = 0; i < 20; i++) {
      live();
    }
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("camera-")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static void live() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start();
        RawClient first = RawClient.connect(camera)) {
      first.requestTo(
          camera.url() + "/trackID=1", "SETUP", "Transport: RTP/AVP;unicast;client_port=5000-5001");
      try (RawClient second = RawClient.connect(camera)) {
        second.play();
        second.video();
        camera.reboot(Duration.ZERO);
      }
    }
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
