package dev.photofinish.rtsp.client;

import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A small camera of plain sockets that a test gives one camera's habits: it overrides what the
 * camera does differently. Every connection has a thread of its own.
 */
abstract class FieldCamera implements AutoCloseable {
  /** One request: its line's parts and its headers, names in lower case. */
  record Request(String method, String uri, Map<String, String> headers) {}

  private static final int SMALL = 16 << 10;

  /** Of a client that never gives up, and waits for nothing. */
  static final RetryOptions AT_ONCE =
      RetryOptions.builder()
          .retryStrategy(RetryStrategy.IMMEDIATE)
          .maxReconnectionAttempts(-1)
          .build();

  private final ServerSocket server;
  private final List<String> requests = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  FieldCamera() throws IOException {
    this(new ServerSocket());
  }

  /**
   * @param unbound where it is to listen
   */
  FieldCamera(ServerSocket unbound) throws IOException {
    server = unbound;
    server.setReceiveBufferSize(SMALL); // what it does not read fills soon
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    start("field-camera", this::accept);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "rtsp://127.0.0.1:" + server.getLocalPort() + "/x";
  }

  int connections() {
    return connections.get();
  }

  /** Methods and URLs, of all connections in the order they came. */
  List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  // ---- What a test may change

  String sdp() {
    return "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n";
  }

  void answer(Connection connection, Request request) throws IOException {
    connection.usual(request);
  }

  /** Runs after PLAY was answered, on a thread of its own. */
  void play(Connection connection) throws IOException {
    for (int sequence = 1; connection.isOpen(); sequence++) {
      connection.rtp(0, 96, sequence);
      connection.pause();
    }
  }

  /** One that ends the connection at a request, by FIN or by RST. */
  static FieldCamera endingAt(String method, boolean reset) throws IOException {
    return new FieldCamera() {
      @Override
      void answer(Connection connection, Request request) throws IOException {
        if (request.method().equals(method)) {
          connection.socket.setSoLinger(reset, 0);
          connection.socket.close();
        } else {
          super.answer(connection, request);
        }
      }
    };
  }

  /**
   * An RTP packet of 20 bytes of zeros.
   *
   * @param type the payload type, with the marker above it
   */
  static byte[] packet(int type, int sequence, int ssrc) {
    ByteBuffer packet = ByteBuffer.allocate(32).put((byte) 0x80).put((byte) type);
    return packet.putShort((short) sequence).putInt(3000 * sequence).putInt(ssrc).array();
  }

  // ---- The camera

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int number = connections.incrementAndGet();
        start("field-camera-" + number, () -> serve(new Connection(socket, number)));
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void serve(Connection connection) {
    try (Socket socket = connection.socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      connection.in = in;
      for (Request next = read(in); next != null; next = read(in)) {
        synchronized (requests) {
          requests.add(next.method() + " " + next.uri());
        }
        answer(connection, next);
      }
    } catch (IOException e) {
      // The client went.
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String line = line(in);
    while (line != null && !line.endsWith("RTSP/1.0")) {
      line = line(in);
    }
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).trim());
    }
    return new Request(parts[0], parts[1], headers);
  }

  /** The next line; interleaved frames of the client are skipped. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b == '$' && line.isEmpty()) {
        in.read();
        in.skipNBytes((in.read() << 8) + in.read());
      } else if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One client. */
  final class Connection {
    final Socket socket;
    final int number;
    private InputStream in = InputStream.nullInputStream();

    private Connection(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** Whether more came in the same write as the request that is answered now. */
    boolean hasMore() throws IOException {
      return in.available() > 0;
    }

    /** The next line that the client sends; null at the end. */
    @Nullable String readLine() throws IOException {
      return line(in);
    }

    boolean isOpen() {
      return !socket.isClosed() && !server.isClosed();
    }

    synchronized void send(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    void respond(Request to, String status, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status).append("\r\n");
      text.append("CSeq: ").append(to.headers().get("cseq")).append("\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      send(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What a good camera answers. */
    void usual(Request request) throws IOException {
      switch (request.method()) {
        case "OPTIONS" ->
            respond(
                request,
                "200 OK",
                "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN");
        case "DESCRIBE" -> {
          byte[] body = sdp().getBytes(StandardCharsets.UTF_8);
          respond(
              request, "200 OK", "Content-Type: application/sdp", "Content-Length: " + body.length);
          send(body);
        }
        case "SETUP" ->
            respond(
                request,
                "200 OK",
                "Session: abc;timeout=2",
                "Transport: " + request.headers().get("transport"));
        case "PLAY" -> {
          respond(request, "200 OK", "Session: abc");
          start("field-camera-media-" + number, this::media);
        }
        default -> respond(request, "200 OK", "Session: abc");
      }
    }

    private void media() {
      try {
        play(this);
      } catch (IOException e) {
        // The client went.
      }
    }

    void rtp(int channel, int payloadType, int sequence) throws IOException {
      rtp(channel, payloadType, sequence, false);
    }

    void rtp(int channel, int payloadType, int sequence, boolean marker) throws IOException {
      byte[] packet = packet(marker ? payloadType | 0x80 : payloadType, sequence, channel + 1);
      ByteBuffer frame = ByteBuffer.allocate(4 + packet.length).put((byte) '$');
      send(frame.put((byte) channel).putShort((short) packet.length).put(packet).array());
    }

    /** As long as a camera waits between frames. */
    void pause() {
      LockSupport.parkNanos(10_000_000);
    }
  }
}
