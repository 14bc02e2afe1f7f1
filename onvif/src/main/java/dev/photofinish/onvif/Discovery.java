package dev.photofinish.onvif;

import dev.photofinish.onvif.net.ProbeSockets;
import dev.photofinish.onvif.net.ProbeSource;
import dev.photofinish.onvif.probe.ProbeRepetition;
import dev.photofinish.onvif.probe.Scopes;
import dev.photofinish.onvif.probe.Sightings;
import dev.photofinish.onvif.probe.Sightings.Sighting;
import dev.photofinish.onvif.soap.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds ONVIF cameras on the local networks and asks them for their stream URLs.
 *
 * <pre>{@code
 * Discovery discovery = Discovery.builder().credentials("viewer", password).build();
 * for (OnvifCamera camera : discovery.search()) {
 *   camera.streams().forEach(stream -> System.out.println(stream.url()));
 * }
 * }</pre>
 *
 * <p>A probe goes out by multicast on every suitable interface (up, able to multicast, neither
 * loopback nor point-to-point), from each IPv4 address and from one link-local IPv6 address. What
 * answers is asked over HTTP at the host that it answered from: only this host gets credentials, as
 * a digest that holds by the camera's own clock.
 *
 * <p>Immutable, and may be used by several threads at one time.
 */
public final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final Builder options;

  private Discovery(Builder options) {
    this.options = options;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Searches without a listener. */
  public List<OnvifCamera> search() throws IOException, InterruptedException {
    return search(DiscoveryListener.NONE);
  }

  /**
   * Searches for the timeout, then asks each camera that answered; returns when all were asked.
   *
   * @return the cameras, in the order in which they answered
   * @throws IOException if there is no interface that a probe can be sent from
   */
  public List<OnvifCamera> search(DiscoveryListener listener)
      throws IOException, InterruptedException {
    List<Sighting> cameras = probe(listener);
    List<Questions.Device> devices =
        cameras.stream()
            .map(camera -> new Questions.Device(camera, ServiceAddress.of(camera)))
            .toList();
    return ask(devices, listener);
  }

  private List<Sighting> probe(DiscoveryListener listener)
      throws IOException, InterruptedException {
    try (ProbeSockets sockets = ProbeSockets.open(sources(), options.port)) {
      if (sockets.sources().isEmpty()) {
        throw new IOException("no network interface is up that can multicast");
      }
      listener.searching(sockets.sources().stream().map(ProbeSource::toString).toList());
      Sightings sightings = new Sightings();
      sockets.run(
          ProbeRepetition.times(ThreadLocalRandom.current()),
          options.timeout,
          (source, match) -> {
            if (sightings.add(source, match)) {
              listener.answered(source.getHostAddress(), match.scopes().name());
            }
          },
          () -> options.count > 0 && sightings.count() >= options.count);
      return sightings.devices();
    }
  }

  private List<ProbeSource> sources() throws IOException {
    if (options.interfaces.isEmpty()) {
      return ProbeSource.suitable();
    }
    return options.interfaces.stream().flatMap(device -> ProbeSource.of(device).stream()).toList();
  }

  /**
   * Asks the camera at {@code device}, for networks that a probe does not reach.
   *
   * @param device an http or https URL; without a path, {@code /onvif/device_service} is asked
   * @throws IllegalArgumentException if it is no such URL
   * @throws UnknownHostException if its name has no address
   */
  public OnvifCamera ask(URI device) throws UnknownHostException, InterruptedException {
    URI uri =
        ServiceAddress.parse(device.toString())
            .orElseThrow(
                () -> new IllegalArgumentException(device.getHost() + ": no http or https URL"));
    boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    URI service = bare ? uri.resolve(ServiceAddress.DEVICE_PATH) : uri;
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(service.getHost()));
    Sighting camera = new Sighting("", addresses, List.of(), Scopes.NONE);
    DeviceHost host = new DeviceHost(service.getHost(), addresses);
    ServiceAddress address = new ServiceAddress(service, host, true, "");
    return ask(List.of(new Questions.Device(camera, List.of(address))), DiscoveryListener.NONE)
        .get(0);
  }

  private List<OnvifCamera> ask(List<Questions.Device> devices, DiscoveryListener listener)
      throws InterruptedException {
    try (Questions questions =
        new Questions(options.tlsInsecure, options.credentials, options.cameraTimeout)) {
      return questions.ask(devices, listener);
    }
  }

  /** Collects the options. */
  public static final class Builder {
    private Duration timeout = Duration.ofSeconds(3);
    private Duration cameraTimeout = Duration.ofSeconds(10);
    private int count;
    private int port = 3702;
    private List<NetworkInterface> interfaces = List.of();
    private @Nullable Credentials credentials;
    private boolean tlsInsecure;

    private Builder() {}

    private Builder(Builder other) {
      timeout = other.timeout;
      cameraTimeout = other.cameraTimeout;
      count = other.count;
      port = other.port;
      interfaces = List.copyOf(other.interfaces);
      credentials = other.credentials;
      tlsInsecure = other.tlsInsecure;
    }

    /**
     * How long to wait for answers to probes; 3 s by default. A camera may take half a second, and
     * the last repetition of the probe leaves 1.75 s after the first at the latest.
     */
    public Builder timeout(Duration value) {
      timeout = positive("timeout", value);
      return this;
    }

    /** How long one camera has for all its answers at one of its addresses; 10 s by default. */
    public Builder cameraTimeout(Duration value) {
      cameraTimeout = positive("cameraTimeout", value);
      return this;
    }

    private static Duration positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + ": " + value + " is not positive");
      }
      return value;
    }

    /** The search ends when so many cameras have answered; 0, the default, waits the timeout. */
    public Builder count(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("count: " + value + " is negative");
      }
      count = value;
      return this;
    }

    /** The UDP port of the multicast group: 3702 but in tests. */
    public Builder port(int value) {
      if (value < 1 || value > 65_535) {
        throw new IllegalArgumentException("port: " + value + " is not from 1 to 65535");
      }
      port = value;
      return this;
    }

    /** The interfaces to probe on, whether they look suitable or not; empty, the default: all. */
    public Builder interfaces(List<NetworkInterface> value) {
      interfaces = value;
      return this;
    }

    /**
     * Shown to every camera that asks for credentials, as a digest; by default none are.
     *
     * @throws IllegalArgumentException if the user name has control characters
     */
    public Builder credentials(String user, String password) {
      if (user.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("user: a user name has no control characters");
      }
      credentials = new Credentials(user, password);
      return this;
    }

    /** Whether https is spoken without verifying certificate and host name; off by default. */
    public Builder tlsInsecure(boolean value) {
      tlsInsecure = value;
      return this;
    }

    public Discovery build() {
      if (tlsInsecure) {
        LOG.warn(
            "TLS IS INSECURE: neither certificates nor host names of cameras are verified. Anyone"
                + " on the way can read and change what is sent.");
      }
      return new Discovery(new Builder(this));
    }
  }
}
