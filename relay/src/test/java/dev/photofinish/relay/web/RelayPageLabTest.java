package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera, the relay and a browser: all that a newcomer sees. */
@Tag("lab")
@Timeout(300)
class RelayPageLabTest {
  private static final String VIDEO = "document.querySelector('video')";
  private static final String FRAMES = VIDEO + ".getVideoPlaybackQuality().totalVideoFrames";

  @Test
  void thePictureComesBackAfterTheCamerasReboot() throws Exception {
    try (Browser browser = Browser.start();
        PageOfCamera page = new PageOfCamera()) {
      browser.open(page.at("http", "/#/camera/door").toString());
      browser.await(VIDEO);
      browser.await(FRAMES + " >= 25");
      browser.await("document.querySelector('.state').innerText === 'Live'");
      browser.await("document.querySelector('.race .won')");
      browser.value("(window.source = %s.src)".formatted(VIDEO));
      page.powerOff();
      browser.await("document.querySelector('.screen.dim')");
      browser.await("(window.dimmedAt ??= Date.now(), Date.now() - window.dimmedAt > 3000)");
      page.powerOn();
      browser.await("!document.querySelector('.screen.dim')");
      browser.awaitMore(FRAMES, 25);
      browser.await("document.querySelector('.outages li')");
      // Time goes on, but for a page that had to connect again: its video is another one.
      assertThat(browser.value(VIDEO + ".src !== window.source || " + VIDEO + ".currentTime > 3"))
          .isEqualTo(true);
    }
  }
}
