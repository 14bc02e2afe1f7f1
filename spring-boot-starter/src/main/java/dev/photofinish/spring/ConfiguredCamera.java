package dev.photofinish.spring;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.rtsp.client.Camera;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the cameras of the configuration: an option of a camera takes precedence over a common one.
 */
final class ConfiguredCamera {
  private static final String URL = "url";
  private static final String TLS_INSECURE = "tls-insecure";

  private final String prefix;
  private final CameraProperties own;
  private final PhotofinishProperties common;

  private ConfiguredCamera(String name, CameraProperties own, PhotofinishProperties common) {
    this.prefix = prefix(name);
    this.own = own;
    this.common = common;
  }

  /** The cameras by name, in the order of the configuration. */
  static Map<String, Camera> all(PhotofinishProperties properties) {
    Map<String, Camera> cameras = new LinkedHashMap<>();
    properties
        .cameras()
        .forEach(
            (name, own) -> cameras.put(name, new ConfiguredCamera(name, own, properties).make()));
    return cameras;
  }

  static String prefix(String name) {
    return PhotofinishProperties.PREFIX + ".cameras." + name;
  }

  private Camera make() {
    if (own.urls().isBlank()) {
      throw new InvalidCameraPropertyException(
          prefix + "." + URL, "there is none; expected an address such as rtsp://host/path");
    }
    try {
      Camera camera = Camera.of(own.urls(), this::option).withTlsInsecure(tlsInsecure());
      return option("user")
          .filter(user -> !user.isEmpty())
          .map(user -> camera.withCredentials(user, option("password").orElse("")))
          .orElse(camera);
    } catch (InvalidOptionException e) {
      throw new InvalidCameraPropertyException(place(e.option()), e);
    }
  }

  private boolean tlsInsecure() {
    return option(TLS_INSECURE).map(text -> Option.parseSwitch(TLS_INSECURE, text)).orElse(false);
  }

  private Optional<String> option(String name) {
    return own.option(name).or(() -> common.option(name));
  }

  /** What stands before the option's name where its value was set. */
  private String place(String option) {
    boolean isOwn = option.equals(URL) || own.option(option).isPresent();
    return isOwn ? prefix : PhotofinishProperties.PREFIX;
  }
}
