package dev.photofinish.onvif;

import dev.photofinish.onvif.net.HttpPost;
import dev.photofinish.onvif.net.SoapClient;
import dev.photofinish.onvif.probe.Sightings.Sighting;
import dev.photofinish.onvif.soap.Credentials;
import dev.photofinish.onvif.soap.OnvifException;
import dev.photofinish.onvif.soap.OnvifException.Kind;
import dev.photofinish.onvif.xml.PeerText;
import dev.photofinish.onvif.xml.XmlElement;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions to one camera, from its clock to its stream URLs. */
final class DeviceQuery {
  private static final int LONGEST = 256;

  private final Sighting camera;
  private final ServiceAddress address;
  private final SoapClient client;
  private final List<OnvifStream> streams = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private boolean answers;
  private String manufacturer = "";
  private String model;

  private DeviceQuery(Sighting camera, ServiceAddress address, SoapClient client) {
    this.camera = camera;
    this.address = address;
    this.client = client;
    this.model = camera.scopes().hardware();
  }

  /**
   * Asks a camera at the first of {@code addresses} that answers.
   *
   * @param limit the time for all questions at one address
   */
  static OnvifCamera ask(
      Sighting camera,
      List<ServiceAddress> addresses,
      HttpPost post,
      @Nullable Credentials credentials,
      Duration limit)
      throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (ServiceAddress address : addresses) {
      Credentials shown = address.trusted() ? credentials : null;
      DeviceQuery query = new DeviceQuery(camera, address, new SoapClient(post, shown, limit));
      try {
        query.run();
        return query.result();
      } catch (OnvifException e) {
        failures.add(e.getMessage());
      }
    }
    return new OnvifCamera(
        camera.endpoint(),
        camera.scopes().name(),
        "",
        camera.scopes().hardware(),
        camera.scopes().location(),
        camera.sources(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        failures);
  }

  private OnvifCamera result() {
    return new OnvifCamera(
        camera.endpoint(),
        camera.scopes().name(),
        manufacturer,
        model,
        camera.scopes().location(),
        camera.sources(),
        Optional.of(address.uri()),
        client.clockOffset(),
        streams,
        List.copyOf(problems));
  }

  /**
   * Asks all there is to ask; what the camera refuses is a problem of its result.
   *
   * @throws OnvifException if there is no ONVIF service
   */
  private void run() throws OnvifException, InterruptedException {
    if (!address.note().isEmpty()) {
      problems.add(address.note());
    }
    try {
      readClock();
      readStreams(services());
      readInformation();
    } catch (OnvifException e) {
      if (!answers && e.kind() == Kind.NOT_THERE) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** Some cameras ask for credentials even here: then their web server's clock must do. */
  private void readClock() throws OnvifException, InterruptedException {
    try {
      client.readClock(address.uri(), DeviceService.CLOCK);
    } catch (OnvifException e) {
      if (e.kind() == Kind.NOT_THERE) {
        throw e;
      }
    }
    answers = true;
  }

  private Map<MediaService, URI> services() throws OnvifException, InterruptedException {
    Map<MediaService, URI> services = new EnumMap<>(MediaService.class);
    try {
      XmlElement answer = client.call(address.uri(), DeviceService.SERVICES);
      for (XmlElement service : answer.children("Service")) {
        for (MediaService media : MediaService.values()) {
          if (service.text("Namespace").equals(media.namespace)) {
            add(services, media, service.text("XAddr"));
          }
        }
      }
    } catch (OnvifException e) {
      if (e.kind() == Kind.REFUSED) {
        throw e;
      }
    }
    return services.isEmpty() ? capabilities() : services;
  }

  private Map<MediaService, URI> capabilities() throws OnvifException, InterruptedException {
    Map<MediaService, URI> services = new EnumMap<>(MediaService.class);
    XmlElement answer = client.call(address.uri(), DeviceService.CAPABILITIES);
    add(services, MediaService.VER10, answer.text("Capabilities", "Media", "XAddr"));
    if (services.isEmpty()) {
      throw new OnvifException(Kind.OTHER, "it names no media service");
    }
    return services;
  }

  private void add(Map<MediaService, URI> services, MediaService media, String xaddr) {
    URI service = address.service(xaddr);
    if (service != null) {
      services.putIfAbsent(media, service);
      String host = ServiceAddress.parse(xaddr).map(URI::getHost).orElse("");
      if (!address.host().is(host)) {
        problems.add(
            "its media service names the host "
                + host
                + "; "
                + address.host().text()
                + " was asked instead");
      }
    }
  }

  /** The first service that has profiles; the second is asked only where the first has none. */
  private void readStreams(Map<MediaService, URI> services)
      throws OnvifException, InterruptedException {
    OnvifException failure = null;
    for (Map.Entry<MediaService, URI> service : services.entrySet()) {
      try {
        if (readStreams(service.getKey(), service.getValue())) {
          return;
        }
      } catch (OnvifException e) {
        if (e.kind() == Kind.REFUSED) {
          throw e;
        }
        failure = failure == null ? e : failure;
      }
    }
    throw failure == null ? new OnvifException(Kind.OTHER, "it has no media profile") : failure;
  }

  private boolean readStreams(MediaService service, URI uri)
      throws OnvifException, InterruptedException {
    List<MediaProfile> profiles = service.readProfiles(client.call(uri, service.profiles()));
    for (MediaProfile profile : profiles) {
      try {
        readStream(profile, service.uri(client.call(uri, service.streamUri(profile.token()))));
      } catch (OnvifException e) {
        if (e.kind() == Kind.REFUSED) {
          throw e;
        }
        problems.add("no stream of profile " + shown(profile) + ": " + e.getMessage());
      }
    }
    return !profiles.isEmpty();
  }

  private void readStream(MediaProfile profile, String uri) {
    Optional<StreamUrl> url = StreamUrl.parse(uri);
    if (url.isEmpty()) {
      problems.add("the stream of profile " + shown(profile) + " has no RTSP URL");
      return;
    }
    boolean otherHost = !address.host().is(url.get().host());
    if (otherHost) {
      problems.add(
          "the stream of profile "
              + shown(profile)
              + " is at "
              + PeerText.shown(url.get().host())
              + ", another host than the one that answered: its credentials do not belong there");
    }
    streams.add(
        new OnvifStream(
            profile.token(),
            profile.name(),
            url.get().text(),
            profile.videoCodec(),
            profile.width(),
            profile.height(),
            profile.audioCodec(),
            otherHost));
  }

  private static String shown(MediaProfile profile) {
    return PeerText.shown(profile.token());
  }

  /** Nobody misses a camera's stream because it does not tell its maker. */
  private void readInformation() throws InterruptedException {
    try {
      XmlElement answer = client.call(address.uri(), DeviceService.INFORMATION);
      manufacturer = cut(answer.text("Manufacturer"));
      String told = cut(answer.text("Model"));
      model = told.isEmpty() ? model : told;
    } catch (OnvifException e) {
      // its scopes say enough
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
