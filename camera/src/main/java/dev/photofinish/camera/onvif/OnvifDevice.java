package dev.photofinish.camera.onvif;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A simulated ONVIF device for tests: it answers probes of WS-Discovery, and over HTTP what is
 * asked for on the way to a stream URL. It has the faults that keep clients from getting there: a
 * wrong clock, addresses that name another host, only the second media service.
 */
public final class OnvifDevice implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads;
  private final @Nullable ProbeResponder probes;
  private final String endpoint = "urn:uuid:" + UUID.randomUUID();
  private final Queue<OnvifRequest> requests = new ConcurrentLinkedQueue<>();
  private final boolean tls;
  private final String xaddrHost;

  private OnvifDevice(Builder builder) throws IOException {
    tls = builder.tls != null;
    xaddrHost = builder.xaddrHost;
    http = listen(builder);
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "onvif-device");
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(threads);
    http.createContext("/onvif/", new OnvifServer(builder.options(), requests::add));
    http.start();
    try {
      probes =
          builder.discoveryPort == 0
              ? null
              : ProbeResponder.start(
                  builder.address.getAddress(),
                  builder.discoveryPort,
                  endpoint,
                  builder.name,
                  this::xaddr);
    } catch (IOException e) {
      stop();
      throw e;
    }
  }

  private static HttpServer listen(Builder builder) throws IOException {
    if (builder.tls == null) {
      return HttpServer.create(builder.address, 0);
    }
    HttpsServer server = HttpsServer.create(builder.address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(builder.tls));
    return server;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Its endpoint reference. */
  public String endpoint() {
    return endpoint;
  }

  /** Where it listens for HTTP. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** What it was asked so far, the oldest first. */
  public List<OnvifRequest> requests() {
    return List.copyOf(requests);
  }

  private String xaddr(InetAddress local) {
    String text = local.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    String host = plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
    return (tls ? "https://" : "http://")
        + (xaddrHost.isEmpty() ? host : xaddrHost)
        + ":"
        + http.getAddress().getPort()
        + "/onvif/device_service";
  }

  @Override
  public void close() {
    if (probes != null) {
      probes.close();
    }
    stop();
  }

  private void stop() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** Collects the settings. */
  public static final class Builder {
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private int discoveryPort;
    private String name = "Photofinish";
    private List<OnvifProfile> profiles = List.of();
    private OnvifMedia media = OnvifMedia.BOTH;
    private OnvifAuth auth = OnvifAuth.NONE;
    private String user = "";
    private String password = "";
    private Duration clock = Duration.ZERO;
    private String xaddrHost = "";
    private @Nullable SSLContext tls;

    private Builder() {}

    /** Where it listens for HTTP; any free port of 127.0.0.1 by default. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** The UDP port for probes, 3702 in the field; 0, the default, answers none. */
    public Builder discoveryPort(int value) {
      discoveryPort = value;
      return this;
    }

    /** The name in its scopes, percent-encoded. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    public Builder profiles(List<OnvifProfile> value) {
      profiles = List.copyOf(value);
      return this;
    }

    /** Both by default. */
    public Builder media(OnvifMedia value) {
      media = value;
      return this;
    }

    /** What it asks for; nothing by default. */
    public Builder auth(OnvifAuth value, String userName, String itsPassword) {
      auth = value;
      user = userName;
      password = itsPassword;
      return this;
    }

    /** Added to this host's clock to get the device's. */
    public Builder clock(Duration value) {
      clock = value;
      return this;
    }

    /** The host that all its addresses name, as in a URL; by default the one it answers from. */
    public Builder xaddrHost(String value) {
      xaddrHost = value;
      return this;
    }

    /** HTTPS instead of HTTP. */
    public Builder tls(SSLContext value) {
      tls = value;
      return this;
    }

    private OnvifOptions options() {
      return new OnvifOptions(name, profiles, media, auth, user, password, clock, xaddrHost);
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if it cannot listen
     */
    public OnvifDevice start() {
      try {
        return new OnvifDevice(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
