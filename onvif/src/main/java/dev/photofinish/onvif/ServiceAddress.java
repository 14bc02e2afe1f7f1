package dev.photofinish.onvif;

import dev.photofinish.onvif.probe.Sightings.Sighting;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address of a camera's service, and whether credentials may go there.
 *
 * <p>A camera that names another host than it answers from is behind a translator of addresses, has
 * several of them, or lies. It is asked where it answered from, at the port and the path that it
 * named; the other host is asked last, without credentials.
 *
 * @param trusted whether its host is the one that answered, or that the caller named
 * @param note what its owner should know; empty for nothing
 */
record ServiceAddress(URI uri, DeviceHost host, boolean trusted, String note) {
  static final String DEVICE_PATH = "/onvif/device_service";

  private static final int MOST = 8;

  /** Where the device service of a camera may be, the likeliest first; at most 8. */
  static List<ServiceAddress> of(Sighting camera) {
    DeviceHost host = DeviceHost.of(camera.sources());
    List<URI> named = camera.xaddrs().stream().flatMap(text -> parse(text).stream()).toList();
    List<ServiceAddress> addresses = new ArrayList<>();
    named.stream()
        .filter(uri -> host.is(uri.getHost()))
        .forEach(uri -> addresses.add(new ServiceAddress(uri, host, true, "")));
    List<URI> others = named.stream().filter(uri -> !host.is(uri.getHost())).toList();
    others.forEach(uri -> addresses.add(moved(uri, host)));
    others.forEach(uri -> addOther(addresses, uri, host));
    if (named.isEmpty()) {
      URI usual = URI.create("http://" + host.text() + DEVICE_PATH);
      addresses.add(new ServiceAddress(usual, host, true, "it does not say where its service is"));
    }
    return addresses.stream().limit(MOST).toList();
  }

  private static ServiceAddress moved(URI uri, DeviceHost host) {
    return new ServiceAddress(
        withHost(uri, host.text()),
        host,
        true,
        "it names the host " + uri.getHost() + ", but answered from " + host.text());
  }

  private static void addOther(List<ServiceAddress> addresses, URI uri, DeviceHost host) {
    Optional<InetAddress> address = NumericHost.parse(uri.getHost()).filter(a -> isElsewhere(a));
    if (address.isPresent()) {
      String note =
          uri.getHost()
              + " is another host than the one that answered ("
              + host.text()
              + "): no credentials were sent";
      DeviceHost other = DeviceHost.of(List.of(address.get()));
      addresses.add(new ServiceAddress(uri, other, false, note));
    }
  }

  private static boolean isElsewhere(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }

  /** An http or https URL with a host, without user and password. */
  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      return http && uri.getHost() != null
          ? Optional.of(build(scheme, uri.getHost(), uri.getPort(), uri))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static URI withHost(URI uri, String host) {
    return build(uri.getScheme(), host, uri.getPort(), uri);
  }

  private static URI build(String scheme, String host, int port, URI path) {
    String query = path.getRawQuery() == null ? "" : "?" + path.getRawQuery();
    String raw = path.getRawPath() == null ? "" : path.getRawPath();
    return URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port) + raw + query);
  }

  /**
   * Where another service of the same camera is asked: never at another host, and never without TLS
   * where the device service has it.
   *
   * @param xaddr as the camera names it
   */
  @Nullable URI service(String xaddr) {
    Optional<URI> named = parse(xaddr);
    if (named.isEmpty()) {
      return null;
    }
    URI other = named.get();
    boolean sameScheme = other.getScheme().equals(uri.getScheme());
    return build(
        uri.getScheme(), uri.getHost(), sameScheme ? other.getPort() : uri.getPort(), other);
  }
}
