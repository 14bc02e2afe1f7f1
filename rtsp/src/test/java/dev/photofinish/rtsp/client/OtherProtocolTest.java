package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.retry.RetryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of something else at the camera's address: the reason says what answers there. */
class OtherProtocolTest {
  private final Recorder recorder = new Recorder();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request\\r\\n\\r\\n | speaks HTTP, not RTSP (sent \"HTTP/1.1 400 Bad Request\")",
        "SSH-2.0-x\\x1b\\r\\n | does not speak RTSP (sent \"SSH-2.0-x\\x1b\\r\\n\")",
        "\\x15\\x03\\x01\\x00\\x02\\x02\\x0a | speaks TLS: the URL has to begin with rtsps://",
      })
  void theReasonSaysWhatAnswers(String sent, String reason) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        RtspClient client = new RtspClient()) {
      Camera camera =
          Camera.at("rtsp://127.0.0.1:" + server.getLocalPort() + "/")
              .withRetry(RetryOptions.builder().maxReconnectionAttempts(0).build());
      try (CameraStream stream = client.start(camera, recorder)) {
        answer(server, unescaped(sent));
        recorder.await(stream + " failed", r -> r.count(CameraState.FAILED) == 1);
      }
      assertThat(recorder.reasons()).anyMatch(told -> told.contains(reason));
    }
  }

  /** Answers the first request of the next connection, and closes. */
  private static void answer(ServerSocket server, String text) throws IOException {
    server.setSoTimeout(20_000);
    try (Socket socket = server.accept()) {
      socket.setSoTimeout(20_000);
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append((char) socket.getInputStream().read());
      }
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        bytes.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text.charAt(i) == '\\') {
        bytes.append(text.charAt(++i) == 'r' ? '\r' : '\n');
      } else {
        bytes.append(text.charAt(i));
      }
    }
    return bytes.toString();
  }
}
