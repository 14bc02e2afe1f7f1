package dev.photofinish.cli.gst;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A host at the other end of a real Unix socket. */
final class Host implements AutoCloseable {
  static final Duration BOUND = Duration.ofSeconds(60);

  private final SocketChannel channel;
  private final SourceProcess process;

  /** A message of the process. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(int type, int element, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The track of packets and reports. */
    int track() {
      return payload[0];
    }

    boolean isAfterGap() {
      return (payload[1] & 1) != 0;
    }
  }

  Host(Map<String, String> environment) throws IOException {
    this(environment, SourceProcess.WAITING);
  }

  private Host(Map<String, String> environment, WriteBufferWaterMark waiting) throws IOException {
    Epoll.ensureAvailability();
    Path path = Files.createTempFile("host", ".socket");
    Files.delete(path);
    Socket server = Socket.newSocketDomain();
    try {
      server.bind(new DomainSocketAddress(path.toString()));
      server.listen(1);
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(path));
      int accepted = server.accept(new byte[32]);
      new Socket(accepted).setSendBufferSize(waiting.high());
      process = SourceProcess.serve(accepted, RtspClient.builder(), environment, "test 1", waiting);
    } finally {
      server.close();
      Files.delete(path);
    }
  }

  /** One that has said hello, and had the answer. */
  static Host greeted() throws Exception {
    return greeted(Map.of());
  }

  static Host greeted(Map<String, String> environment) throws Exception {
    return greeted(environment, SourceProcess.WAITING);
  }

  static Host greeted(Map<String, String> environment, WriteBufferWaterMark waiting)
      throws Exception {
    Host host = new Host(environment, waiting);
    host.send(1, 0, new byte[] {0, 1, 'p'});
    host.await(65);
    return host;
  }

  SourceProcess process() {
    return process;
  }

  void send(int type, int element, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(5 + payload.length);
    out.writeByte(type);
    out.writeInt(element);
    out.write(payload);
    raw(bytes.toByteArray());
  }

  void raw(byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  void open(int element, String url, Map<String, String> options) throws IOException {
    send(2, element, json(Map.of("location", url, "options", options)));
  }

  static byte[] json(Map<String, ?> value) {
    return Json.line(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The next message; fails at the end of the socket. */
  Message next() throws IOException {
    ByteBuffer length = read(4);
    ByteBuffer rest = read(length.getInt());
    int type = rest.get();
    int element = rest.getInt();
    byte[] payload = new byte[rest.remaining()];
    rest.get(payload);
    return new Message(type, element, payload);
  }

  private ByteBuffer read(int bytes) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(bytes);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new IOException("the process closed the socket");
      }
    }
    return in.flip();
  }

  /** Reads up to a message of this type. */
  Message await(int type) throws IOException {
    return await(message -> message.type() == type);
  }

  Message await(Predicate<Message> condition) throws IOException {
    Message message = next();
    while (!condition.test(message)) {
      message = next();
    }
    return message;
  }

  /** Whether the process has closed the socket once all it sent was read. */
  boolean isAtEnd() throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1 << 16);
    while (channel.read(in) >= 0) {
      in.clear();
    }
    return true;
  }

  static JsonNode parse(String json) {
    try {
      return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  /** Closes the socket, as the end of a host does, and waits for what follows. */
  void hangUp() throws Exception {
    channel.close();
    process.ended().toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    process.close();
  }
}
