package dev.photofinish.relay.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's pictures of a real relay, which is connected to a simulated camera. */
@Timeout(120)
class RelayLiveTest {
  @Test
  void aCamerasPicturesAndSoundReachTheBrowser() throws Exception {
    try (PageOfCamera page = new PageOfCamera()) {
      SocketMessages messages = new SocketMessages();
      URI live = page.at("ws", "/cameras/door/live?audio=1");
      HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(live, messages).join();
      assertThat(new String(messages.next(), UTF_8)).contains("avc1.42c01e, flac");
      assertThat(new String(messages.next(), 4, 4, US_ASCII)).isEqualTo("ftyp");
      for (int i = 0; i < 10; i++) {
        assertThat(new String(messages.next(), 4, 4, US_ASCII)).isEqualTo("moof");
      }
      assertThat(page.relay().cameras().get(0).status().readers())
          .extracting(reader -> reader.info().transport())
          .containsExactly("web");
    }
  }
}
