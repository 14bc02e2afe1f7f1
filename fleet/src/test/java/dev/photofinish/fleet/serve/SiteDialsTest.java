package dev.photofinish.fleet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.limiter.DialGroup;
import dev.photofinish.rtsp.client.Camera;
import org.junit.jupiter.api.Test;

/** Tests that the cameras of a site dial within one cap, and others do not. */
class SiteDialsTest {
  private static final Camera CAMERA = Camera.at("rtsp://192.0.2.1/");

  @Test
  void camerasOfASiteShareOneCap() {
    SiteDials dials = new SiteDials(3);
    DialGroup yard = dials.within("yard", CAMERA).dialGroup();
    assertThat(yard).isNotNull();
    assertThat(dials.within("yard", CAMERA).dialGroup()).isSameAs(yard);
    assertThat(dials.within("roof", CAMERA).dialGroup()).isNotNull().isNotSameAs(yard);
    assertThat(dials.within("", CAMERA).dialGroup()).isNull();
  }
}
