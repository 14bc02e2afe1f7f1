package dev.photofinish.benchmarks.receiving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An RTSP server that sends RTP over the connection as fast as it is read. Its packets are made
 * beforehand, as many as there are sequence numbers; only their times are written anew.
 */
final class FloodServer implements AutoCloseable {
  private static final int PACKETS = 1 << 16;
  private static final int FRAMING = 4;
  private static final int RTP_HEADER = 12;
  private static final int PAYLOAD_TYPE = 96;
  private static final int PACKETS_OF_A_PICTURE = 16;
  private static final int TICKS_OF_A_PICTURE = 3600;
  private static final int MARKER = 0x80;
  private static final byte SLICE_OF_A_PICTURE = 0x41;
  private static final String DESCRIPTION =
      """
      v=0\r
      o=- 1 1 IN IP4 127.0.0.1\r
      s=flood\r
      t=0 0\r
      m=video 0 RTP/AVP 96\r
      a=rtpmap:96 H264/90000\r
      a=fmtp:96 packetization-mode=1\r
      a=control:video\r
      """;

  private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final int length;

  FloodServer(int length) throws IOException {
    this.length = length;
    daemon(this::accept);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
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
          String[] words = line.split(" ", -1);
          client.getOutputStream().write(answer(words[0], words[1], in));
          if (words[0].equals("PLAY")) {
            flood(client.getOutputStream());
          }
        }
      }
    } catch (IOException e) {
      // It left.
    }
  }

  private static byte[] answer(String method, String url, BufferedReader in) throws IOException {
    String sequence = "0";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      sequence = line.toLowerCase(Locale.ROOT).startsWith("cseq:") ? line.substring(5) : sequence;
    }
    String session = "Session: 1;timeout=600\r\n";
    String more =
        switch (method) {
          case "OPTIONS" -> "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
          case "DESCRIBE" ->
              "Content-Base: %s/\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(url, DESCRIPTION.length(), DESCRIPTION);
          case "SETUP" -> "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n" + session + "\r\n";
          default -> session + "\r\n";
        };
    return ("RTSP/1.0 200 OK\r\nCSeq:" + sequence + "\r\n" + more)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void flood(OutputStream out) throws IOException {
    ByteBuffer packets = packets();
    int pictures = 0;
    while (true) {
      for (int i = 0; i < PACKETS; i++) {
        int picture = pictures + i / PACKETS_OF_A_PICTURE;
        packets.putInt(i * (FRAMING + length) + FRAMING + 4, picture * TICKS_OF_A_PICTURE);
      }
      pictures += PACKETS / PACKETS_OF_A_PICTURE;
      out.write(packets.array());
    }
  }

  private ByteBuffer packets() {
    ByteBuffer packets = ByteBuffer.allocate(PACKETS * (FRAMING + length));
    for (int i = 0; i < PACKETS; i++) {
      int marker = i % PACKETS_OF_A_PICTURE == PACKETS_OF_A_PICTURE - 1 ? MARKER : 0;
      packets.put((byte) '$').put((byte) 0).putShort((short) length);
      packets.put((byte) 0x80).put((byte) (marker | PAYLOAD_TYPE)).putShort((short) i);
      packets.putInt(0).putInt(1).put(SLICE_OF_A_PICTURE);
      packets.position(packets.position() + length - RTP_HEADER - 1);
    }
    return packets;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
