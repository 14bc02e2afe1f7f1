package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera, the relay and a browser: all that a newcomer sees. */
@Tag("lab")
@Timeout(90)
class RelayPageLabTest {
  private static final String VIDEO = "document.querySelector('video')";
  private static final String FRAMES = VIDEO + ".getVideoPlaybackQuality().totalVideoFrames";

  @Test
  void thePictureComesBackAfterTheCamerasReboot() throws Exception {
    try (Browser browser = Browser.start();
        SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        WebServer server =
            WebServer.builder(relay)
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()) {
      server.start();
      relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults());
      browser.open("http://127.0.0.1:" + server.address().getPort() + "/#/camera/door");
      browser.await(VIDEO);
      browser.await(FRAMES + " >= 25");
      browser.await("document.querySelector('.state').innerText === 'Live'");
      browser.await("document.querySelector('.race .won')");
      camera.reboot(Duration.ofSeconds(3));
      browser.await("document.querySelector('.screen.dim')");
      browser.await("!document.querySelector('.screen.dim')");
      double frames = browser.number(FRAMES);
      browser.await(FRAMES + " >= " + (frames + 25));
      browser.await("document.querySelector('.outages li')");
      assertThat(browser.number(VIDEO + ".currentTime")).isGreaterThan(3);
    }
  }
}
