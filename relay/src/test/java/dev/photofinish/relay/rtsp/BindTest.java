package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.relay.source.Source;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A server that is started again under readers, who come before its sources. */
class BindTest {
  @Test
  void whoConnectsBeforeTheSourcesAreThereIsNotToldThatTheyAreMissing() throws Exception {
    Map<String, Source> sources = new ConcurrentHashMap<>();
    try (RtspServer server =
        RtspServer.builder(name -> Optional.ofNullable(sources.get(name)))
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build()
            .bind()) {
      InetSocketAddress address = server.address();
      String url = "rtsp://127.0.0.1:" + address.getPort() + "/cam";
      try (RawReader reader = new RawReader(address)) {
        reader.send("DESCRIBE " + url + " RTSP/1.0\r\nCSeq: 1\r\n\r\n");
        sources.put("cam", new FakeSource("cam"));
        server.accept();
        assertThat(reader.answer()).startsWith("RTSP/1.0 200");
      }
    }
  }
}
