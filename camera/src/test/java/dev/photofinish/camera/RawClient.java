package dev.photofinish.camera;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The least RTSP client there can be: blocking, on a plain socket, with a bound on every read. */
final class RawClient implements AutoCloseable {

  static final int BOUND_MS = 60_000;

  /** A response as it came: the head with its line ends, and the body. */
  record Response(int status, String head, String body) {

    String header(String name) {
      return headers(name).stream().findFirst().orElse("");
    }

    List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    String session() {
      return header("Session").split(";", 2)[0];
    }
  }

  /** An interleaved frame. */
  record Frame(int channel, ByteBuffer payload) {

    int at(int index) {
      return payload.get(index) & 0xff;
    }

    int sequence() {
      return payload.getShort(2) & 0xffff;
    }

    long timestamp() {
      return Integer.toUnsignedLong(payload.getInt(4));
    }

    int ssrc() {
      return payload.getInt(rtcp() ? 4 : 8);
    }

    /** RTCP packet types do not fit into RTP's seven bits with these payload types. */
    boolean rtcp() {
      return at(1) >= 200 && at(1) <= 204;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final String url;
  final List<Frame> frames = new ArrayList<>();
  private int cseq;

  RawClient(String url, Socket socket) throws IOException {
    this.url = url;
    this.socket = socket;
    socket.setSoTimeout(BOUND_MS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  static RawClient connect(SimulatedCamera camera) throws IOException {
    return new RawClient(camera.url(), open(camera.address()));
  }

  /** A client whose kernel holds little of what it does not read. */
  static RawClient connect(SimulatedCamera camera, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(camera.address(), BOUND_MS);
    return new RawClient(camera.url(), socket);
  }

  static Socket open(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, BOUND_MS);
    return socket;
  }

  int localPort() {
    return socket.getLocalPort();
  }

  String url() {
    return url;
  }

  void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  Response request(String method, String... headers) throws IOException {
    return requestTo(url, method, headers);
  }

  Response requestTo(String uri, String method, String... headers) throws IOException {
    send(uri, method, headers);
    return response();
  }

  void send(String uri, String method, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + uri + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cseq).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    raw(text + "\r\n");
  }

  void raw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  Response setup(int track, int channel, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Transport: RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1));
    return requestTo(url + "/trackID=" + track, "SETUP", all.toArray(String[]::new));
  }

  /** Sets both tracks up and plays. */
  Response play() throws IOException {
    String session = setup(1, 0).session();
    setup(2, 2, "Session: " + session);
    return request("PLAY", "Session: " + session);
  }

  /** The next response; frames before it are kept. */
  Response response() throws IOException {
    int first = in.readUnsignedByte();
    while (first == '$') {
      frames.add(readFrame());
      first = in.readUnsignedByte();
    }
    String head = readHead(first);
    String length =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .map(line -> line.substring(15).strip())
            .findFirst()
            .orElse("0");
    byte[] body = in.readNBytes(Integer.parseInt(length));
    int status = Integer.parseInt(head.substring(9, 12));
    return new Response(status, head, new String(body, StandardCharsets.UTF_8));
  }

  private String readHead(int first) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(first);
    while (true) {
      head.write(in.readUnsignedByte());
      String text = head.toString(StandardCharsets.UTF_8);
      if (text.endsWith("\r\n\r\n") || text.endsWith("\n\n")) {
        return text;
      }
    }
  }

  /** The next frame that satisfies {@code condition}; all that come are kept. */
  Frame frame(Predicate<Frame> condition) throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      if (first != '$') {
        throw new IOException("expected a frame, got byte " + first);
      }
      Frame frame = readFrame();
      frames.add(frame);
      if (condition.test(frame)) {
        return frame;
      }
    }
  }

  Frame video() throws IOException {
    return frame(frame -> frame.channel() == 0);
  }

  private Frame readFrame() throws IOException {
    int channel = in.readUnsignedByte();
    return new Frame(channel, ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort())));
  }

  /** Reads on until the camera closes; true for FIN, an exception for RST. */
  boolean readToEnd() throws IOException {
    try {
      while (true) {
        in.readByte();
      }
    } catch (EOFException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
