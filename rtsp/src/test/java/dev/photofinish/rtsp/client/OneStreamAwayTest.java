package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recorder or relay of several cameras, one of which is away: it answers 503 for that alone. */
class OneStreamAwayTest {
  private final RtspClient client = Clients.create();
  private final Recorder away = new Recorder();

  @AfterEach
  void close() {
    client.close();
  }

  /** Describes every path but {@code /away}, for which it has {@code status}. */
  private static FieldCamera withoutOne(String status) throws IOException {
    return new FieldCamera() {
      @Override
      void answer(Connection connection, Request request) throws IOException {
        if (request.uri().contains("/away")) {
          connection.respond(request, status, "Retry-After: 20");
        } else {
          super.answer(connection, request);
        }
      }
    };
  }

  private Recorder start(FieldCamera camera, String path) {
    Recorder recorder = new Recorder();
    client.start(Camera.at(camera.url() + path), recorder);
    return recorder;
  }

  @Test
  void itsOtherStreamsPlayMeanwhile() throws Exception {
    try (FieldCamera recorder = withoutOne("503 Service Unavailable")) {
      start(recorder, "/1").awaitPackets(10);
      client.start(Camera.at(recorder.url() + "/away"), away);
      away.await("a retry", r -> !r.retries().isEmpty());
      Duration rest = Duration.ofMillis(Long.parseLong(away.retries().get(0).split(" ", -1)[1]));
      assertThat(rest).as("that stream waits").isGreaterThanOrEqualTo(Duration.ofSeconds(19));
      for (String path : List.of("/2", "/3")) {
        Recorder other = start(recorder, path);
        other.awaitPackets(10);
        assertThat(other.retryReasons()).noneMatch(reason -> reason.contains("other streams"));
      }
    }
  }
}
