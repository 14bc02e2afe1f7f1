package dev.photofinish.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.picture.Snapshots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

class FfmpegPicturesTest {
  /** It is found as a service, and makes a picture of its own. */
  @Test
  @EnabledOnOs(
      architectures = "amd64",
      disabledReason = "the build brings FFmpeg's libraries for this platform")
  void picturesArePreparedBeforeThereIsAFrame() throws Exception {
    assertThat(Snapshots.prepare()).isTrue();
  }
}
