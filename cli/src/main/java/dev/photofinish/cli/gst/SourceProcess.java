package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that serves one host process: a relay whose cameras are those of its elements, and the socket
 * to it.
 */
final class SourceProcess implements AutoCloseable, RelayListener {
  /** Bytes that wait for the host before packets are dropped, and to which they go down again. */
  static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(2 << 20, 4 << 20);

  private final Relay relay;
  private final Map<String, String> environment;
  private final Elapsed elapsed = new Elapsed();
  private final Map<String, CameraListener> listeners = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final String version;
  private volatile boolean malformed;

  private SourceProcess(
      RtspClient.Builder client, Map<String, String> environment, String version) {
    this.environment = Map.copyOf(environment);
    this.version = version;
    relay = Relay.startSingleThreaded(client);
    relay.addListener(this);
  }

  /**
   * Serves the host at the other end of a socket.
   *
   * @param socket a connected Unix socket that does not block; it is closed by this
   * @param client what its client is made with
   * @param environment the options of cameras that are not set otherwise
   * @param version of the program
   * @param waiting {@link #WAITING}, or less
   */
  static SourceProcess serve(
      int socket,
      RtspClient.Builder client,
      Map<String, String> environment,
      String version,
      WriteBufferWaterMark waiting) {
    SourceProcess process = new SourceProcess(client, environment, version);
    Channel channel = new EpollDomainSocketChannel(socket);
    channel.config().setWriteBufferWaterMark(waiting);
    channel
        .pipeline()
        .addLast(new MessageDecoder(), new HostConnection(process, new HostWriter(channel)));
    channel.closeFuture().addListener(closed -> process.ended.complete(null));
    process
        .relay
        .eventLoops()
        .register(channel)
        .addListener(
            registered -> {
              if (!registered.isSuccess()) {
                process.ended.completeExceptionally(registered.cause());
              }
            });
    return process;
  }

  Relay relay() {
    return relay;
  }

  Map<String, String> environment() {
    return environment;
  }

  Elapsed elapsed() {
    return elapsed;
  }

  String version() {
    return version;
  }

  /** By the name of a camera in the relay. */
  Map<String, CameraListener> listeners() {
    return listeners;
  }

  void malformed() {
    malformed = true;
  }

  /** Whether the host broke a rule of the protocol. */
  boolean isMalformed() {
    return malformed;
  }

  /** Completes when the socket is closed. */
  CompletionStage<Void> ended() {
    return ended;
  }

  @Override
  public CameraListener streams(RelayedCamera camera) {
    return listeners.getOrDefault(camera.name(), CameraListener.NONE);
  }

  /** Ends all streams, each with a TEARDOWN, within 2 s. */
  @Override
  public void close() {
    relay.close();
  }
}
