package dev.photofinish.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A camera is shown by the name of its section. */
final class CameraNameTest {
  private static final CameraName FRONT = new CameraName("rtsp://192.0.2.1/s", "front");
  private static final CameraName YARD = new CameraName("rtsp://192.0.2.1/s2", "yard");
  private static final CameraName UNNAMED = new CameraName("rtsp://192.0.2.9/", null);

  @Test
  void isItsSectionOrItsAddress() {
    assertThat(FRONT).hasToString("front");
    assertThat(UNNAMED).hasToString("rtsp://192.0.2.9/");
    assertThat(FRONT.withAddress()).isEqualTo("front (rtsp://192.0.2.1/s)");
    assertThat(UNNAMED.withAddress()).isEqualTo("rtsp://192.0.2.9/");
  }

  @Test
  void standsBeforeTheAddressInTheLog() {
    CameraNames names = new CameraNames(List.of(FRONT, YARD, UNNAMED));

    assertThat(names.addTo("rtsp://192.0.2.1/s is PLAYING"))
        .isEqualTo("front rtsp://192.0.2.1/s is PLAYING");
    assertThat(names.addTo("dropped: rtsp://192.0.2.1/s2, rtsp://192.0.2.1/s"))
        .isEqualTo("dropped: yard rtsp://192.0.2.1/s2, front rtsp://192.0.2.1/s");
    assertThat(names.addTo("rtsp://192.0.2.1/s/trackID=1 rtsp://192.0.2.9/"))
        .isEqualTo("rtsp://192.0.2.1/s/trackID=1 rtsp://192.0.2.9/");
  }

  @Test
  void anAddressThatTwoSectionsShareHasNoNameInTheLog() {
    CameraNames names = new CameraNames(List.of(FRONT, new CameraName(FRONT.url(), "again")));

    assertThat(names.addTo("rtsp://192.0.2.1/s")).isEqualTo("rtsp://192.0.2.1/s");
  }
}
