package dev.photofinish.onvif.net;

import dev.photofinish.onvif.probe.ProbeMatch;
import dev.photofinish.onvif.probe.ProbeMessage;
import dev.photofinish.onvif.xml.XmlFormatException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket for each local address that probes are sent from; answers come back to it. */
public final class ProbeSockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeSockets.class);
  private static final String GROUP4 = "239.255.255.250";
  private static final String GROUP6 = "ff02::c";
  private static final int LARGEST_DATAGRAM = 65_536;

  private final Selector selector;
  private final int port;
  private final List<ProbeSource> sources = new ArrayList<>();
  private final List<IOException> failures = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);

  private ProbeSockets(Selector selector, int port) {
    this.selector = selector;
    this.port = port;
  }

  /**
   * Opens what can be opened of {@code sources}.
   *
   * @param port of the group, 3702 but in tests
   * @throws IOException if none could be opened
   */
  public static ProbeSockets open(List<ProbeSource> sources, int port) throws IOException {
    ProbeSockets sockets = new ProbeSockets(Selector.open(), port);
    for (ProbeSource source : sources) {
      sockets.open(source);
    }
    if (sockets.sources.isEmpty() && !sockets.failures.isEmpty()) {
      sockets.close();
      throw sockets.failures.get(0);
    }
    return sockets;
  }

  private void open(ProbeSource source) {
    boolean ip4 = source.address() instanceof Inet4Address;
    ProtocolFamily family = ip4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try {
      DatagramChannel channel = DatagramChannel.open(family);
      try {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, source.device());
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
        channel.bind(new InetSocketAddress(source.address(), 0));
        channel.configureBlocking(false);
        channel.register(
            selector, SelectionKey.OP_READ, new InetSocketAddress(group(source), port));
        sources.add(source);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      LOG.debug("no probe from {}: {}", source, e.toString());
      failures.add(e);
    }
  }

  private static InetAddress group(ProbeSource source) throws IOException {
    if (source.address() instanceof Inet4Address) {
      return InetAddress.getByName(GROUP4);
    }
    NetworkInterface device = source.device();
    return InetAddress.getByName(GROUP6 + "%" + device.getIndex());
  }

  /** What probes are sent from. */
  public List<ProbeSource> sources() {
    return List.copyOf(sources);
  }

  /**
   * Sends probes at {@code times} (nanoseconds from now, ascending) and hands on what answers,
   * until {@code limit} has passed or {@code enough} says so.
   */
  public void run(
      List<Long> times,
      Duration limit,
      BiConsumer<InetAddress, ProbeMatch> answers,
      BooleanSupplier enough)
      throws IOException, InterruptedException {
    Map<ProbeMessage, byte[]> messages = new EnumMap<>(ProbeMessage.class);
    for (ProbeMessage message : ProbeMessage.values()) {
      messages.put(message, message.bytes(UUID.randomUUID()));
    }
    long start = System.nanoTime();
    int sent = 0;
    while (!enough.getAsBoolean()) {
      long now = System.nanoTime() - start;
      if (now >= limit.toNanos()) {
        return;
      }
      while (sent < times.size() && times.get(sent) <= now) {
        messages.values().forEach(this::send);
        sent++;
      }
      long next = sent < times.size() ? times.get(sent) : limit.toNanos();
      awaitUntil(Math.min(next, limit.toNanos()) - now);
      receive(answers);
    }
  }

  private void awaitUntil(long nanos) throws IOException, InterruptedException {
    selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while looking for cameras");
    }
  }

  private void send(byte[] message) {
    for (SelectionKey key : selector.keys()) {
      try {
        DatagramChannel channel = (DatagramChannel) key.channel();
        channel.send(ByteBuffer.wrap(message), (InetSocketAddress) key.attachment());
      } catch (IOException e) {
        LOG.debug("a probe to {} was not sent: {}", key.attachment(), e.toString());
      }
    }
  }

  private void receive(BiConsumer<InetAddress, ProbeMatch> answers) {
    for (SelectionKey key : selector.selectedKeys()) {
      try {
        receive((DatagramChannel) key.channel(), answers);
      } catch (IOException e) {
        LOG.debug("an answer was not received: {}", e.toString());
      }
    }
    selector.selectedKeys().clear();
  }

  /** One datagram a socket and turn, so that a flood does not hold up the end. */
  private void receive(DatagramChannel channel, BiConsumer<InetAddress, ProbeMatch> answers)
      throws IOException {
    buffer.clear();
    if (channel.receive(buffer) instanceof InetSocketAddress source) {
      byte[] message = Arrays.copyOf(buffer.array(), buffer.position());
      try {
        ProbeMatch.parseAll(message).forEach(match -> answers.accept(source.getAddress(), match));
      } catch (XmlFormatException e) {
        LOG.debug("an answer of {} cannot be read: {}", source.getAddress(), e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    for (SelectionKey key : selector.keys()) {
      close(key.channel());
    }
    close(selector);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("a socket was not closed", e);
    }
  }
}
