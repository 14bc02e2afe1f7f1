package dev.photofinish.benchmarks.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An RTSP server that sends a video to each connection that asks for it. */
abstract class VideoServer implements AutoCloseable {
  private final List<ServerSocket> listeners = new ArrayList<>();
  private final PacedVideo video;

  /**
   * @param ports at which it listens: each is another device to clients
   */
  VideoServer(PacedVideo video, int ports) throws IOException {
    this.video = video;
    for (int i = 0; i < ports; i++) {
      ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
      listeners.add(listener);
      daemon(() -> accept(listener));
    }
  }

  /** Begins to send to a connection. */
  abstract void play(Socket client);

  /** Ends what is sent to a connection, if it is. */
  abstract void stop(Socket client);

  /**
   * The Transport header that answers the one of a SETUP; empty where that is not served. Over the
   * connection itself, unless a server says otherwise.
   */
  Optional<String> transport(Socket client, String asked) throws IOException {
    return asked.toLowerCase(Locale.ROOT).contains("rtp/avp/tcp")
        ? Optional.of("RTP/AVP/TCP;unicast;interleaved=0-1")
        : Optional.empty();
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "server");
    thread.setDaemon(true);
    thread.start();
  }

  public String url() {
    return url(0);
  }

  /** At one of its ports. */
  public String url(int port) {
    return "rtsp://127.0.0.1:" + listeners.get(port).getLocalPort() + "/video";
  }

  void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes); // at once: arrays are not mixed
    } catch (IOException e) {
      stop(client);
    }
  }

  private void accept(ServerSocket listener) {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed: the end.
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.endsWith("RTSP/1.0")) {
          answer(client, line, in);
        }
      }
    } catch (IOException e) {
      // It left.
    } finally {
      stop(client);
    }
  }

  private void answer(Socket client, String request, BufferedReader in) throws IOException {
    String[] words = request.split(" ", -1);
    String sequence = "0";
    Optional<String> transport = Optional.of("");
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("cseq:")) {
        sequence = line.substring(5);
      } else if (lower.startsWith("transport:")) {
        transport = transport(client, line.substring(10).trim());
      }
    }
    if (transport.isEmpty()) {
      String refusal = "RTSP/1.0 461 Unsupported Transport\r\nCSeq:" + sequence + "\r\n\r\n";
      write(client, refusal.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    String session = "Session: 1;timeout=60\r\n";
    String description = video.description();
    String more =
        switch (words[0]) {
          case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER\r\n\r\n";
          case "DESCRIBE" ->
              "Content-Base: %s/\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(words[1], description.length(), description);
          case "SETUP" -> "Transport: " + transport.get() + "\r\n" + session + "\r\n";
          default -> session + "\r\n";
        };
    String head = "RTSP/1.0 200 OK\r\nCSeq:" + sequence + "\r\n";
    write(client, (head + more).getBytes(StandardCharsets.ISO_8859_1));
    switch (words[0]) {
      case "PLAY" -> play(client);
      case "PAUSE", "TEARDOWN" -> stop(client);
      default -> {}
    }
  }

  @Override
  public void close() {
    try {
      for (ServerSocket listener : listeners) {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
