package dev.photofinish.cli.gst;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.cli.command.Json;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * A host in this process that plays the simulated camera up to its first packets. The launcher runs
 * it for an archive of the classes that a start loads.
 */
final class Rehearsal implements AutoCloseable {
  private static final int ELEMENT = 1;

  private final SimulatedCamera camera;
  private final SocketChannel host;
  private final int socket;
  private volatile boolean played;

  Rehearsal() throws IOException {
    Epoll.ensureAvailability();
    Path folder = Files.createTempDirectory("photofinish");
    Path path = folder.resolve("host");
    Socket server = Socket.newSocketDomain();
    try {
      server.bind(new DomainSocketAddress(path.toString()));
      server.listen(1);
      host = SocketChannel.open(StandardProtocolFamily.UNIX);
      host.connect(UnixDomainSocketAddress.of(path));
      socket = server.accept(new byte[1 + path.toString().length()]);
    } finally {
      server.close();
      Files.deleteIfExists(path);
      Files.delete(folder);
    }
    camera = SimulatedCamera.builder().start();
  }

  /** The process's end of the connection. */
  int socket() {
    return socket;
  }

  /** Plays in a thread of its own, and then closes the host's end. */
  void play() {
    Thread thread = new Thread(this::run, "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether packets came. */
  boolean hasPlayed() {
    return played;
  }

  private void run() {
    try (host) {
      send(Wire.HELLO, Wire.PROCESS, new byte[] {0, Wire.VERSION});
      Map<String, ?> open = Map.of("location", camera.url(), "options", Map.of("transport", "tcp"));
      send(Wire.OPEN, ELEMENT, Json.line(open).getBytes(StandardCharsets.UTF_8));
      DataInputStream in = new DataInputStream(Channels.newInputStream(host));
      int type;
      do {
        int length = in.readInt();
        type = in.readByte();
        in.skipNBytes(length - 1);
      } while (type != Wire.PACKETS && type != Wire.ERROR);
      played = type == Wire.PACKETS;
    } catch (IOException e) {
      LoggerFactory.getLogger(Rehearsal.class).warn("the rehearsal ends", e);
    }
  }

  private void send(int type, int element, byte[] payload) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(2 * Integer.BYTES + 1 + payload.length);
    message.putInt(Integer.BYTES + 1 + payload.length).put((byte) type).putInt(element);
    message.put(payload).flip();
    while (message.hasRemaining()) {
      host.write(message);
    }
  }

  @Override
  public void close() throws IOException {
    host.close();
    camera.close();
  }
}
