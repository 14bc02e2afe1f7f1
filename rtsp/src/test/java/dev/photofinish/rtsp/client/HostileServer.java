package dev.photofinish.rtsp.client;

import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The main program of a small JVM of its own: a client, and a server that feeds it without end.
 * Prints how much was fed, the most direct memory that was seen in use, and the reasons that the
 * stream gave.
 */
final class HostileServer extends FieldCamera {
  /** The kind of what is sent without end, and in answer to which request. */
  enum Kind {
    /** Small requests; none of the answers to them is read. */
    REQUESTS("PLAY", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".repeat(1000)),
    /** The same from a server that is published to. */
    REQUESTS_TO_PUBLISHER("RECORD", "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".repeat(1000)),
    /** Frames on a channel that was never set up. */
    FRAMES("PLAY", "$\u0009\u0000\u0004abcd".repeat(1000)),
    /** Frames of payload types that nobody described, where media is due. */
    STRANGERS("PLAY", "$\u0000\u0000\u000c\u0080\u0001abcdefghij".repeat(1000)),
    /** Header lines of one response. */
    HEADERS("DESCRIBE", "X-Header: value\r\n".repeat(1000)),
    /** One header line, folded. */
    FOLDS("DESCRIBE", "X: a\r\n" + " b\r\n".repeat(1000)),
    /** Bytes that are no message. */
    BYTES("DESCRIBE", "x".repeat(10_000)),
    /** Responses that were not asked for. */
    RESPONSES("DESCRIBE", "RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n".repeat(1000)),
    /** A body whose length the header overstates. */
    BODY("DESCRIBE", "a=x\r\n".repeat(1000));

    private final String after;
    private final String chunk;

    Kind(String after, String chunk) {
      this.after = after;
      this.chunk = chunk;
    }

    private boolean isPublishing() {
      return after.equals("RECORD");
    }
  }

  private static final long ENOUGH = 96L << 20;
  private static final int CONNECTIONS = 4;

  /** Each of a publisher's takes 10 s to be given up. */
  private static final int PUBLISHING_CONNECTIONS = 2;

  private static final long BOUND_SECONDS = 60;

  private final Kind kind;
  private final AtomicLong fed = new AtomicLong();
  private final AtomicLong direct = new AtomicLong();
  private final CountDownLatch enough = new CountDownLatch(1);

  private HostileServer(Kind kind) throws IOException {
    this.kind = kind;
  }

  @Override
  void answer(Connection connection, Request request) throws IOException {
    if (kind.isPublishing() && request.method().equals("SETUP")) {
      // No keep-alive ends it while it is fed.
      String transport = "Transport: " + request.headers().get("transport");
      connection.respond(request, "200 OK", "Session: abc;timeout=60", transport);
      return;
    }
    if (!request.method().equals(kind.after)) {
      connection.usual(request);
      return;
    }
    if (connection.number >= (kind.isPublishing() ? PUBLISHING_CONNECTIONS : CONNECTIONS)) {
      enough.countDown();
    }
    if (kind != Kind.BYTES && kind != Kind.RESPONSES) {
      String length = kind == Kind.BODY ? "Content-Length: 1000000\r\n\r\n" : "";
      String end = kind.after.equals("DESCRIBE") ? length : "\r\n";
      connection.send(
          ("RTSP/1.0 200 OK\r\nCSeq: " + request.headers().get("cseq") + "\r\n" + end)
              .getBytes(StandardCharsets.ISO_8859_1));
    }
    while (connection.isOpen() && enough.getCount() > 0) {
      connection.send(kind.chunk.getBytes(StandardCharsets.ISO_8859_1)); // and nothing is read
      direct.accumulateAndGet(directMemory(), Math::max);
      if (fed.addAndGet(kind.chunk.length()) > ENOUGH) {
        enough.countDown();
      }
    }
  }

  private static long directMemory() {
    long used = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      used += pool.getMemoryUsed();
    }
    return used;
  }

  private static void start(RtspClient client, Camera camera, Kind kind) {
    if (kind.isPublishing()) {
      MediaStream audio = new MediaStream(0, "audio", "PCMU", 0, 8_000, 1, "", false);
      client.publish(
          camera,
          List.of(audio),
          new PublishListener() {
            @Override
            public void retry(
                StreamPublisher publisher, int attempt, Duration delay, String reason) {
              System.out.println(reason);
            }
          });
      return;
    }
    client.start(
        camera,
        new CameraListener() {
          @Override
          public void retry(
              CameraStream stream, int attempt, Duration delay, String strategy, String reason) {
            System.out.println(reason);
          }
        });
  }

  /** Takes the kind as its argument. */
  public static void main(String[] args) throws Exception {
    try (HostileServer server = new HostileServer(Kind.valueOf(args[0]));
        RtspClient client = new RtspClient()) {
      Camera camera =
          Camera.at(server.url())
              .withRetry(
                  RetryOptions.builder()
                      .retryStrategy(RetryStrategy.IMMEDIATE)
                      .maxReconnectionAttempts(-1)
                      .build())
              .withOptions(
                  ClientOptions.builder()
                      .stallSuspect(Duration.ofMillis(200))
                      .responseTimeout(Duration.ofSeconds(2))
                      .build());
      start(client, camera, server.kind);
      boolean inTime = server.enough.await(BOUND_SECONDS, TimeUnit.SECONDS);
      System.out.println(
          (inTime ? "enough" : "too little") + " fed " + server.fed + " direct " + server.direct);
    }
    System.exit(0); // threads of the server may still be sending
  }
}
