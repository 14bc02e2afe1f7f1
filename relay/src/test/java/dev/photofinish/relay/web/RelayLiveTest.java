package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's pictures of a real relay, which is connected to a simulated camera. */
@Timeout(20)
class RelayLiveTest {
  @Test
  void aCamerasPicturesAndSoundReachTheBrowser() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        WebServer server =
            WebServer.builder(relay)
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()) {
      server.start();
      relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults());
      SocketMessages messages = new SocketMessages();
      URI live =
          URI.create("ws://127.0.0.1:" + server.address().getPort() + "/cameras/door/live?audio=1");
      HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(live, messages).join();
      assertThat(new String(messages.next(), UTF_8)).contains("avc1.42c01e, flac");
      assertThat(new String(messages.next(), 4, 4, US_ASCII)).isEqualTo("ftyp");
      for (int i = 0; i < 10; i++) {
        assertThat(new String(messages.next(), 4, 4, US_ASCII)).isEqualTo("moof");
      }
      assertThat(relay.cameras().get(0).status().readers())
          .extracting(reader -> reader.info().transport())
          .containsExactly("web");
    }
  }
}
