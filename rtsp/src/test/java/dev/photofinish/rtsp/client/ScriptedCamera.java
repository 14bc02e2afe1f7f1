package dev.photofinish.rtsp.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A camera of video (channels 0 and 1) and audio (2 and 3), one connection at a time, that sends
 * exactly the frames it is told to after PLAY, and nothing more.
 */
final class ScriptedCamera implements AutoCloseable {
  private static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 0.0.0.0
      s=-
      t=0 0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:video
      m=audio 0 RTP/AVP 0
      a=control:audio
      """;

  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final String status;
  private final IntFunction<List<byte[]>> frames;
  private final List<String> methods = new ArrayList<>();
  private final Thread thread = new Thread(this::serve, "scripted-camera");

  /**
   * @param frames what to send on the n-th connection, from 0
   */
  ScriptedCamera(IntFunction<List<byte[]>> frames) throws IOException {
    this("200 OK", frames);
  }

  private ScriptedCamera(String status, IntFunction<List<byte[]>> frames) throws IOException {
    this.status = status;
    this.frames = frames;
    thread.setDaemon(true);
    thread.start();
  }

  /** One that answers everything with {@code status}: code, reason and further headers. */
  static ScriptedCamera saying(String status) throws IOException {
    return new ScriptedCamera(status, n -> List.of());
  }

  String url() {
    return "rtsp://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /** Of all connections, in order. */
  synchronized List<String> methods() {
    return List.copyOf(methods);
  }

  /** One RTP packet of {@code ssrc}. */
  static byte[] rtp(int channel, int ssrc, int sequence) {
    return frame(
        channel,
        ByteBuffer.allocate(20)
            .put((byte) 0x80)
            .put((byte) (channel == 0 ? 96 : 0))
            .putShort((short) sequence)
            .putInt(160 * sequence)
            .putInt(ssrc)
            .array());
  }

  /** Behind {@code $}, the channel and the length (RFC 2326 section 10.12). */
  static byte[] frame(int channel, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) '$')
        .put((byte) channel)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private void serve() {
    for (int connection = 0; !server.isClosed(); connection++) {
      try (Socket socket = server.accept()) {
        answer(socket, frames.apply(connection));
      } catch (IOException e) {
        // The client went, or the test is over.
      }
    }
  }

  private void answer(Socket socket, List<byte[]> media) throws IOException {
    OutputStream out = socket.getOutputStream();
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String method = line.substring(0, line.indexOf(' '));
      note(method);
      List<String> headers = headers(in);
      String body = body(in, headers);
      String content = method.equals("DESCRIBE") ? SDP : body;
      out.write(response(headers, content).getBytes(StandardCharsets.UTF_8));
      if (method.equals("PLAY")) {
        for (byte[] frame : media) {
          out.write(frame);
        }
      }
    }
  }

  private synchronized void note(String method) {
    methods.add(method);
  }

  private static List<String> headers(BufferedReader in) throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      headers.add(line);
    }
    return headers;
  }

  /** The content of a request, which is that of its answer too. */
  private static String body(BufferedReader in, List<String> headers) throws IOException {
    String length = "Content-Length: ";
    StringBuilder body = new StringBuilder();
    for (String header : headers) {
      int bytes =
          header.startsWith(length) ? Integer.parseInt(header.substring(length.length())) : 0;
      for (int read = 0; read < bytes; read++) {
        body.append((char) in.read());
      }
    }
    return body.toString();
  }

  private String response(List<String> asked, String body) {
    StringBuilder response = new StringBuilder("RTSP/1.0 " + status + "\r\n");
    asked.stream()
        .filter(h -> h.startsWith("CSeq") || h.startsWith("Transport") || h.contains("-Type"))
        .forEach(h -> response.append(h).append("\r\n"));
    return response
        .append("Session: abc\r\nContent-Length: ")
        .append(body.length())
        .append("\r\n\r\n")
        .append(body)
        .toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    thread.interrupt();
  }
}
