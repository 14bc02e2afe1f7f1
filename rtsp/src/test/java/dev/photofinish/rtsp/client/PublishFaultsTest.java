package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that a publisher meets and that break the protocol or go. */
class PublishFaultsTest implements PublishListener {
  private static final MediaStream AUDIO =
      new MediaStream(0, "audio", "PCMU", 0, 8_000, 1, "", false);

  private static final RetryOptions ONE_TRY =
      RetryOptions.builder()
          .retryStrategy(RetryStrategy.IMMEDIATE)
          .maxReconnectionAttempts(1)
          .stableAfter(Duration.ZERO)
          .build();

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final RtspClient client = new RtspClient();

  @AfterEach
  void close() {
    client.close();
  }

  private void publish(FieldCamera server) {
    client.publish(Camera.at(server.url()).withRetry(ONE_TRY), List.of(AUDIO), this);
  }

  private String next() throws InterruptedException {
    return events.poll(60, TimeUnit.SECONDS);
  }

  @Override
  public void recording(StreamPublisher publisher, String remote) {
    events.add("recording");
  }

  @Override
  public void retry(StreamPublisher publisher, int attempt, Duration delay, String reason) {
    events.add(reason);
  }

  @Override
  public void failed(StreamPublisher publisher, String reason) {
    events.add("failed: " + reason);
  }

  /** A few malformed messages end nothing: what follows them is answered. */
  @Test
  void itGoesOnRecordingThroughMessagesThatCannotBeRead() throws Exception {
    try (FieldCamera server =
        new FieldCamera() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            connection.usual(request);
            if (request.method().equals("RECORD")) {
              String wrong = "RTSP/1.0 xyz OK\r\nCSeq: 1\r\n\r\n".repeat(3);
              String right = "OPTIONS * RTSP/1.0\r\nCSeq: 77\r\n\r\n";
              connection.send((wrong + right).getBytes(StandardCharsets.US_ASCII));
              events.add(connection.readLine());
            }
          }
        }) {
      publish(server);
      assertThat(List.of(next(), next())).containsExactlyInAnyOrder("recording", "RTSP/1.0 200 OK");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** In the set-up it was the answer. */
  @Test
  void anAnswerThatCannotBeReadEndsTheSetUp() throws Exception {
    try (FieldCamera server =
        new FieldCamera() {
          @Override
          void answer(Connection connection, Request request) throws IOException {
            connection.send(
                "RTSP/1.0 xyz OK\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        }) {
      publish(server);
      assertThat(next()).startsWith("the try failed: ").contains("xyz");
    }
  }

  @Test
  void theReasonNamesTheRequestThatWasNotAnswered() throws Exception {
    try (FieldCamera server = FieldCamera.endingAt("SETUP", false)) {
      publish(server);
      assertThat(next())
          .startsWith("the try failed: connection closed by the server; SETUP rtsp://127.0.0.1:")
          .endsWith(" was not answered");
    }
  }

  /** A server that answered has taken the client: its reset does not mean that it is full. */
  @Test
  void aResetAfterAnAnswerDoesNotMeanFull() throws Exception {
    try (FieldCamera server = FieldCamera.endingAt("SETUP", true)) {
      publish(server);
      assertThat(next()).startsWith("the try failed: connection lost: ");
    }
  }

  /** It would give up after one try, and waits for its own limiter all the same. */
  @Test
  void aRaceThatThisHostKeptFromDiallingIsNoTry() throws Exception {
    DialLimiterOptions limits =
        DialLimiterOptions.builder().sameHostGap(Duration.ofSeconds(2)).build();
    RaceOptions race = RaceOptions.builder().racingTimeout(Duration.ofMillis(200)).build();
    try (FieldCamera server =
            new FieldCamera() {
              @Override
              void answer(Connection connection, Request request) throws IOException {
                connection.usual(request);
                if (request.method().equals("RECORD") && connections() == 1) {
                  throw new IOException("hangs up");
                }
              }
            };
        RtspClient limited = RtspClient.builder().limiter(new SharedDialLimiter(limits)).build()) {
      Camera to = Camera.at(server.url()).withRace(race).withRetry(ONE_TRY);
      limited.publish(to, List.of(AUDIO), this);
      assertThat(next()).isEqualTo("recording");
      assertThat(next()).startsWith("a stable stream dropped: ");
      assertThat(next()).isEqualTo("recording");
    }
  }
}
