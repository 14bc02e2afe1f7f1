package dev.photofinish.relay.rtsp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A reader that says what a test wants on a plain socket. */
final class RawReader implements AutoCloseable {
  private static final int BOUND_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private int cseq;
  private String session = "";

  RawReader(SocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer bytes of the socket's; 0 for the system's choice
   */
  RawReader(SocketAddress server, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(BOUND_MILLIS);
    socket.connect(server);
    in = new BufferedInputStream(socket.getInputStream(), 65_536);
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The head of the answer to a request; its body, if it has one, is skipped. */
  String ask(String method, String url, String... headers) throws IOException {
    return askWith("", method, url, headers);
  }

  /** As {@link #ask}, with a body. */
  String askWith(String body, String method, String url, String... headers) throws IOException {
    var request = new StringBuilder(method + " " + url + " RTSP/1.0\r\nCSeq: " + ++cseq + "\r\n");
    if (!session.isEmpty()) {
      request.append("Session: ").append(session).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    send(request + "\r\n" + body);
    return answer();
  }

  /** The head of the next answer; frames before it are skipped. */
  String answer() throws IOException {
    int first = in.read();
    while (first == '$') {
      byte[] header = in.readNBytes(3);
      in.readNBytes(((header[1] & 0xff) << 8) | (header[2] & 0xff));
      first = in.read();
    }
    if (first < 0) {
      throw new EOFException("the connection ended");
    }
    var head = new StringBuilder().append((char) first);
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended after " + head);
      }
      head.append((char) next);
    }
    in.readNBytes(length(head.toString()));
    return head.toString();
  }

  private static int length(String head) {
    int at = head.indexOf("Content-Length: ");
    return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
  }

  /** The next frame with its header. */
  byte[] frame() throws IOException {
    byte[] header = in.readNBytes(4);
    byte[] content = in.readNBytes(((header[2] & 0xff) << 8) | (header[3] & 0xff));
    byte[] frame = Arrays.copyOf(header, header.length + content.length);
    System.arraycopy(content, 0, frame, header.length, content.length);
    return frame;
  }

  /** Sets up the first track over TCP and plays it. */
  void play(String url) throws IOException {
    String setUp =
        ask("SETUP", url + "/trackID=1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
    playOf(setUp, url);
  }

  /** What follows is of the session of this answer. */
  void inSessionOf(String setUp) {
    int at = setUp.indexOf("Session: ") + 9;
    session = setUp.substring(at, at + setUp.substring(at).indexOf(';'));
  }

  /** Plays what this answer set up. */
  void playOf(String setUp, String url) throws IOException {
    inSessionOf(setUp);
    String played = ask("PLAY", url);
    if (!played.startsWith("RTSP/1.0 200")) {
      throw new AssertionError(played);
    }
  }

  /** All that comes until the server ends the connection, in order or by a reset. */
  String readToEnd() throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] some = new byte[65_536];
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        all.write(some, 0, read);
      }
    } catch (SocketException e) {
      // A reset is an end too: it comes where the server had bytes of ours unread.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Closes it before the end of its test. */
  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
