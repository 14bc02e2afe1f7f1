package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a stream: the camera has closed everything that was made for it, too. */
class StreamEndTest {
  private static final long LATE_MILLIS = 250;

  private final RtspClient client = new RtspClient();
  private final ServerSocket listener;
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore requests = new Semaphore(0);

  StreamEndTest() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    listener.close();
  }

  // ---- A camera that opens tunnels, answers nothing else, and is late to close

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "late-camera");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      boolean isGet = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        isGet |= line.startsWith("GET ");
        if (line.isEmpty() && isGet) {
          socket
              .getOutputStream()
              .write(
                  "HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
          isGet = false;
        } else if (line.isEmpty()) {
          requests.release();
        }
      }
      boolean unused = ended.await(LATE_MILLIS, TimeUnit.MILLISECONDS);
      order.add("closed by the camera");
    } catch (IOException | InterruptedException e) {
      order.add(e.toString());
    }
  }

  // ---- Its streams

  private void closeWhileConnecting(String url) throws Exception {
    CameraStream stream = client.start(Camera.at(url));
    assertThat(requests.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    stream
        .closeAsync()
        .whenComplete(
            (end, failure) -> {
              order.add("ended");
              ended.countDown();
            });
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private String url(String scheme) {
    return scheme + "://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  @Test
  void waitsForTheAttemptsOfARaceThatIsCancelled() throws Exception {
    closeWhileConnecting(url("rtsp"));
    assertThat(order).containsExactly("closed by the camera", "ended");
  }

  /** The head of the POST is a request too. */
  @Test
  void waitsForBothConnectionsOfATunnel() throws Exception {
    closeWhileConnecting(url("rtsph"));
    assertThat(order).containsExactly("closed by the camera", "closed by the camera", "ended");
  }
}
