package dev.photofinish.relay.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Base64;

/** A publisher of small pictures of H.264 on plain sockets, over TCP or UDP. */
final class RawPublisher implements AutoCloseable {
  static final byte[] SPS = Base64.getDecoder().decode("Z0IAH5WoFAFu");
  static final byte[] PPS = Base64.getDecoder().decode("aM48gA==");
  static final String SDP =
      """
      v=0
      o=- 0 0 IN IP4 127.0.0.1
      s=Pushed
      t=0 0
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAH5WoFAFu,aM48gA==
      a=control:streamid=0
      """;

  private static final int TICKS = 3_000;

  private final RawReader connection;
  private String description = SDP;
  private final String url;
  private final InetSocketAddress server;
  private final DatagramSocket[] sockets = {null, null};
  private int serverPort;
  private int sequence;
  private int pictures;

  RawPublisher(InetSocketAddress server, String name) throws IOException {
    this.server = server;
    this.connection = new RawReader(server);
    this.url = "rtsp://127.0.0.1:" + server.getPort() + "/" + name;
  }

  /** Announces these parameter sets. */
  RawPublisher ofSets(String sprops) {
    description = SDP.replace("Z0IAH5WoFAFu,aM48gA==", sprops);
    return this;
  }

  String announce() throws IOException {
    return connection.askWith(description, "ANNOUNCE", url, "Content-Type: application/sdp");
  }

  /** Announces, sets up and records over TCP. */
  RawPublisher record() throws IOException {
    begin("RTP/AVP/TCP;unicast;interleaved=0-1;mode=record");
    return this;
  }

  /** As {@link #record}, over UDP. */
  RawPublisher recordOverUdp() throws IOException {
    while (sockets[1] == null) {
      try {
        sockets[0] = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        sockets[1] =
            new DatagramSocket(sockets[0].getLocalPort() + 1, InetAddress.getLoopbackAddress());
      } catch (SocketException e) {
        sockets[0].close();
      }
    }
    int port = sockets[0].getLocalPort();
    String answer =
        begin("RTP/AVP;unicast;client_port=" + port + "-" + (port + 1) + ";mode=record");
    int at = answer.indexOf("server_port=") + 12;
    serverPort = Integer.parseInt(answer.substring(at, answer.indexOf('-', at)));
    return this;
  }

  private String begin(String transport) throws IOException {
    assertOk(announce());
    String setUp = connection.ask("SETUP", url + "/streamid=0", "Transport: " + transport);
    assertOk(setUp);
    connection.inSessionOf(setUp);
    assertOk(connection.ask("RECORD", url));
    return setUp;
  }

  private static void assertOk(String answer) {
    if (!answer.startsWith("RTSP/1.0 200")) {
      throw new AssertionError(answer);
    }
  }

  String ask(String method) throws IOException {
    return connection.ask(method, url);
  }

  /** Sends a key frame, its sets before it. */
  void keyFrame() throws IOException {
    pictures++;
    send(SPS, false);
    send(PPS, false);
    send(new byte[] {0x65, (byte) 0x88, 0, (byte) pictures}, true);
  }

  /** Sends a key frame, of which the sets are in the description alone. */
  void bareKeyFrame() throws IOException {
    pictures++;
    send(new byte[] {0x65, (byte) 0x88, 0, (byte) pictures}, true);
  }

  /** Sends so many packets of one picture each. */
  void pictures(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      send(new byte[] {0x61, (byte) 0x88, 0, (byte) ++pictures}, true);
    }
  }

  /** So many packets are lost on the way. */
  void missing(int count) {
    sequence += count;
  }

  private void send(byte[] payload, boolean marker) throws IOException {
    send(packet(payload, marker, sequence++), 0);
  }

  /** Sends two pictures the later one first. */
  void twoInTheWrongOrder() throws IOException {
    byte[] first = packet(new byte[] {0x61, (byte) 0x88, 0, 1}, true, sequence++);
    pictures++;
    byte[] second = packet(new byte[] {0x61, (byte) 0x88, 0, 2}, true, sequence++);
    send(second, 0);
    send(first, 0);
  }

  private byte[] packet(byte[] payload, boolean marker, int number) {
    return ByteBuffer.allocate(12 + payload.length)
        .put((byte) 0x80)
        .put((byte) (96 | (marker ? 0x80 : 0)))
        .putShort((short) number)
        .putInt(pictures * TICKS)
        .putInt(77)
        .put(payload)
        .array();
  }

  private void send(byte[] packet, int channel) throws IOException {
    if (sockets[0] != null) {
      InetSocketAddress to = new InetSocketAddress(server.getAddress(), serverPort + channel);
      sockets[channel].send(new DatagramPacket(packet, packet.length, to));
      return;
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write('$');
    frame.write(channel);
    frame.write(packet.length >> 8);
    frame.write(packet.length);
    frame.writeBytes(packet);
    connection.send(frame.toByteArray());
  }

  /** All that comes until the server ends the connection. */
  String readToEnd() throws IOException {
    return connection.readToEnd();
  }

  @Override
  public void close() throws IOException {
    connection.close();
    for (DatagramSocket socket : sockets) {
      if (socket != null) {
        socket.close();
      }
    }
  }
}
