package dev.photofinish.relay.web.state;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A camera as the API was given it.
 *
 * @param url its addresses; may hold a password
 * @param options texts by name
 */
public record SavedCamera(String url, Map<String, String> options) {
  /** Keeps a copy of the options. */
  public SavedCamera {
    options = Map.copyOf(options);
  }

  /**
   * The same with what a change says.
   *
   * @param newUrl empty where it stays
   * @param changed the options that it says
   */
  public SavedCamera with(Optional<String> newUrl, Map<String, String> changed) {
    Map<String, String> all = new TreeMap<>(options);
    all.putAll(changed);
    return new SavedCamera(newUrl.orElse(url), all);
  }

  /**
   * As it is connected to.
   *
   * @throws InvalidOptionException for what is not valid
   */
  Camera camera() {
    return Camera.of(url, this::option);
  }

  /**
   * As it is relayed.
   *
   * @throws InvalidOptionException for what is not valid
   */
  RelayedCameraOptions relayOptions() {
    return RelayedCameraOptions.OPTIONS.read(this::option);
  }

  private Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "saved camera with " + options.keySet();
  }
}
