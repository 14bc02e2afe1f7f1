package dev.photofinish.rtp.format;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Streams that FFmpeg encodes, and sends as RTP to a socket of ours. */
final class FfmpegStreams {
  private static final int PAYLOAD_BYTES = 400;
  private static final int BUFFER_BYTES = 4 << 20;

  private final Path folder;

  FfmpegStreams(Path folder) {
    this.folder = folder;
  }

  /** A second of a test picture, encoded with these options to a file of this name. */
  Path encode(String name, String... options) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i"));
    command.add("testsrc2=size=176x144:rate=25");
    command.addAll(List.of("-frames:v", "25"));
    command.addAll(Arrays.asList(options));
    command.add(file.toString());
    run(command);
    return file;
  }

  /** The access units of a file, as its demuxer cuts them. */
  private List<String> units(Path file, Codec codec) throws IOException, InterruptedException {
    Path raw = folder.resolve("raw");
    run(
        List.of(
            "ffmpeg",
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-i",
            file.toString(),
            "-map",
            "0:v",
            "-c",
            "copy",
            "-f",
            "data",
            raw.toString()));
    byte[] all = Files.readAllBytes(raw);
    String sizes =
        run(
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "packet=size",
                "-of",
                "default=nw=1:nk=1",
                file.toString()));
    List<String> units = new ArrayList<>();
    int at = 0;
    for (String size : sizes.lines().toList()) {
      int end = at + Integer.parseInt(size.strip());
      units.add(Capture.digest(codec, Arrays.copyOfRange(all, at, end)));
      at = end;
    }
    return units;
  }

  /** FFmpeg sends the file as it is. */
  Capture capture(Path file, String encoding, Codec codec)
      throws IOException, InterruptedException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setReceiveBufferSize(BUFFER_BYTES);
      Path sdp = folder.resolve("sdp");
      List<String> command =
          List.of(
              "ffmpeg",
              "-nostdin",
              "-v",
              "error",
              "-y",
              "-re",
              "-i",
              file.toString(),
              "-c",
              "copy",
              "-strict",
              "experimental",
              "-f",
              "rtp",
              "-sdp_file",
              sdp.toString(),
              "rtp://127.0.0.1:" + socket.getLocalPort() + "?pkt_size=" + PAYLOAD_BYTES);
      Process process = start(command);
      List<byte[]> packets = receive(socket, process);
      PayloadFormat format =
          new PayloadFormat(encoding, payloadType(packets), 90_000, 0, parameters(sdp));
      return new Capture(format, packets, units(file, codec));
    }
  }

  /** GStreamer sends the file with this pipeline between {@code filesrc} and {@code udpsink}. */
  Capture gstreamer(Path file, String pipeline, String encoding, String parameters, Codec codec)
      throws IOException, InterruptedException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setReceiveBufferSize(BUFFER_BYTES);
      List<String> command =
          new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc", "location=" + file, "!"));
      command.addAll(List.of(pipeline.split(" ")));
      command.addAll(List.of("!", "udpsink", "host=127.0.0.1", "port=" + socket.getLocalPort()));
      List<byte[]> packets = receive(socket, start(command));
      PayloadFormat format =
          new PayloadFormat(encoding, payloadType(packets), 90_000, 0, parameters);
      return new Capture(format, packets, units(file, codec));
    }
  }

  /** Packets until the process has ended and no more come; RTCP is left out. */
  private static List<byte[]> receive(DatagramSocket socket, Process process)
      throws IOException, InterruptedException {
    List<byte[]> packets = new ArrayList<>();
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    socket.setSoTimeout(100);
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

  private static int payloadType(List<byte[]> packets) {
    return packets.isEmpty() ? 0 : packets.get(0)[1] & 0x7f;
  }

  private static String parameters(Path sdp) throws IOException {
    if (!Files.exists(sdp)) {
      return "";
    }
    return Files.readString(sdp)
        .lines()
        .filter(line -> line.startsWith("a=fmtp:"))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File("/dev/null"))
        .start();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    String said = out.toString(StandardCharsets.UTF_8);
    if (end(process) != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  private static int end(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }
}
