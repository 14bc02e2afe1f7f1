package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** FFmpeg and GStreamer as processes that make, send and receive media. */
final class Peers {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int QUIET_MILLIS = 50;
  private static final long LIMIT_SECONDS = 60;

  /** RTCP BYE (RFC 3550 section 6.6) of the source 1, twice: FFmpeg ignores less than 12 bytes. */
  private static final byte[] GOODBYE = {(byte) 0x82, (byte) 203, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1};

  private final Path folder;

  Peers(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** FFmpeg with these arguments, separated by spaces. */
  void ffmpeg(String arguments) throws Exception {
    end(start("ffmpeg -nostdin -v error -y " + arguments));
  }

  /** The packets of a file, as FFmpeg cuts it. */
  List<byte[]> units(Path file) throws Exception {
    ffmpeg("-i " + file + " -map 0:0 -c copy -f data " + path("units"));
    byte[] all = Files.readAllBytes(path("units"));
    Process process = start("ffprobe -v error -show_entries packet=size -of csv=p=0 " + file);
    List<byte[]> units = new ArrayList<>();
    int at = 0;
    for (String line : end(process).lines().filter(line -> !line.isBlank()).toList()) {
      int size = Integer.parseInt(line.replace(",", "").strip());
      units.add(Arrays.copyOfRange(all, at, at + size));
      at += size;
    }
    assertThat(at).isEqualTo(all.length);
    return units;
  }

  /** The packets that FFmpeg sends with these arguments, which end with {@code -f} and a format. */
  List<byte[]> sentByFfmpeg(String arguments) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setReceiveBufferSize(BUFFER_BYTES);
      socket.setSoTimeout(QUIET_MILLIS);
      String target = " rtp://127.0.0.1:" + socket.getLocalPort() + "?pkt_size=300";
      Process process = start("ffmpeg -nostdin -v error -y " + arguments + target);
      List<byte[]> packets = new ArrayList<>();
      DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
      boolean over = false;
      while (!over) {
        boolean allSent = !process.isAlive(); // before the look: what it sends last still comes
        try {
          socket.receive(packet);
          packets.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        } catch (SocketTimeoutException e) {
          over = allSent;
        }
      }
      end(process);
      return packets;
    }
  }

  /** The packets that a pipeline of GStreamer makes. */
  List<byte[]> madeByGstreamer(String pipeline) throws Exception {
    Path file = path("stream");
    end(start("gst-launch-1.0 -q " + pipeline + " ! rtpstreampay ! filesink location=" + file));
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> packets = new ArrayList<>();
    while (all.hasRemaining()) {
      byte[] packet = new byte[all.getShort() & 0xffff];
      all.get(packet);
      packets.add(packet);
    }
    return packets;
  }

  /** What a depacketizer of GStreamer makes of packets (RFC 4571). */
  byte[] readByGstreamer(List<byte[]> packets, String caps, String depacketizer) throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      stream.write(packet.length >> 8);
      stream.write(packet.length);
      stream.writeBytes(packet);
    }
    Files.write(path("stream"), stream.toByteArray());
    end(
        start(
            "gst-launch-1.0 -q filesrc location="
                + path("stream")
                + " ! application/x-rtp-stream,"
                + caps
                + " ! rtpstreamdepay ! "
                + depacketizer
                + " ! filesink location="
                + path("read")));
    return Files.readAllBytes(path("read"));
  }

  /** What FFmpeg makes of packets that come over UDP. */
  byte[] readByFfmpeg(List<byte[]> packets, String media, String rtpmap, String fmtp)
      throws Exception {
    return readByFfmpeg(packets, media, rtpmap, fmtp, "copy");
  }

  /**
   * The same with an encoder.
   *
   * @param encoder {@code copy} for none
   */
  byte[] readByFfmpeg(
      List<byte[]> packets, String media, String rtpmap, String fmtp, String encoder)
      throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    int port = evenPort();
    Files.writeString(
        path("read.sdp"),
        """
        v=0
        o=- 0 0 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=%s %d RTP/AVP 96
        a=rtpmap:96 %s
        a=fmtp:96 %s
        """
            .formatted(media, port, rtpmap, fmtp));
    Process process =
        start(
            "ffmpeg -nostdin -v error -y -analyzeduration 1 -protocol_whitelist file,udp,rtp -i "
                + path("read.sdp")
                + " -map 0 -c "
                + encoder
                + " -f data "
                + path("read"));
    awaitPort(new InetSocketAddress(here, port + 1), process);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(here, port);
      for (byte[] packet : packets) {
        socket.send(new DatagramPacket(packet, packet.length));
      }
      socket.send(new DatagramPacket(GOODBYE, GOODBYE.length));
    } catch (PortUnreachableException e) {
      end(process); // perhaps before it was known here
    }
    end(process);
    return Files.readAllBytes(path("read"));
  }

  /** Free, and so is the one behind it. */
  private static int evenPort() throws IOException {
    List<DatagramSocket> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        int port = taken.get(taken.size() - 1).getLocalPort();
        if (port % 2 == 0 && isFree(port + 1)) {
          return port;
        }
      }
    } finally {
      taken.forEach(DatagramSocket::close);
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }

  /** Until the kernel no longer says that nobody reads what is sent there. */
  private static void awaitPort(InetSocketAddress address, Process process) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(address);
      probe.setSoTimeout(QUIET_MILLIS);
      boolean there = false;
      while (!there && process.isAlive()) {
        there = isRead(probe);
      }
    }
  }

  private static boolean isRead(DatagramSocket probe) throws IOException {
    DatagramPacket nothing = new DatagramPacket(new byte[1], 1);
    try {
      probe.send(nothing);
      probe.receive(nothing);
      return true;
    } catch (PortUnreachableException e) {
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private Process start(String command) throws IOException {
    return new ProcessBuilder(command.split(" "))
        .redirectErrorStream(true)
        .redirectOutput(output())
        .start();
  }

  private File output() {
    return path("output").toFile();
  }

  /** What it wrote; a process that fails or does not end fails the test. */
  private String end(Process process) throws Exception {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(output().toPath());
    assertThat(ended).as("ends: %s", said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
