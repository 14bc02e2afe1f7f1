package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.RtspTransport;
import dev.photofinish.rtsp.dialogue.server.Access;
import dev.photofinish.rtsp.dialogue.server.Purpose;
import dev.photofinish.rtsp.dialogue.server.UserHashes;
import dev.photofinish.rtsp.message.Credentials;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A server with one source, {@code cam}, on a port of the loopback. */
final class TestServer implements AutoCloseable {
  private static final long BOUND_NANOS = 60_000_000_000L;

  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private final FakeSource source = new FakeSource("cam");
  private final RtspServer server;

  TestServer() throws Exception {
    this(options -> options, server -> {});
  }

  TestServer(
      UnaryOperator<RtspServerOptions.Builder> options, Consumer<RtspServer.Builder> settings)
      throws Exception {
    sources.put(source.name(), source);
    RtspServer.Builder builder =
        RtspServer.builder(name -> Optional.ofNullable(sources.get(name)))
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .options(options.apply(RtspServerOptions.builder()).build());
    settings.accept(builder);
    server = builder.build().start();
  }

  static SslContext certificate() throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .subject("CN=relay.test")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    return SslContextBuilder.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificate())
        .build();
  }

  /** One user, {@code viewer} with {@code secret}, may read everything. */
  static Access login() {
    return login(Set.of(Purpose.READ));
  }

  /** The same user may do this with everything. */
  static Access login(Set<Purpose> allowed) {
    UserHashes hashes = UserHashes.of(new Credentials("viewer", "secret"), "relay");
    return new Access() {
      @Override
      public String realm() {
        return "relay";
      }

      @Override
      public boolean isOpen(Purpose purpose, String stream) {
        return false;
      }

      @Override
      public Optional<UserHashes> find(String user) {
        return user.equals("viewer") ? Optional.of(hashes) : Optional.empty();
      }

      @Override
      public boolean isAllowed(Purpose purpose, String user, String stream) {
        return allowed.contains(purpose);
      }
    };
  }

  FakeSource source() {
    return source;
  }

  void add(Source another) {
    sources.put(another.name(), another);
  }

  SocketAddress address() {
    return server.address();
  }

  String url(String scheme) {
    return scheme + "://127.0.0.1:" + server.address().getPort() + "/cam";
  }

  Camera camera(RtspTransport transport) {
    return Camera.at(url("rtsp")).withOptions(ClientOptions.builder().transport(transport).build());
  }

  /** Waits until so many read the source and have been told where it begins. */
  void awaitReaders(int count) {
    await(
        () ->
            source.readings().size() == count
                && source.readings().stream().allMatch(FakeSource.Reading::isStarted));
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + BOUND_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited in vain");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
