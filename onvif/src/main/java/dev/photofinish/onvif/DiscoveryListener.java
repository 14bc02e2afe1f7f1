package dev.photofinish.onvif;

import java.util.List;

/** Hears of the progress of a search, on the thread that searches. */
public interface DiscoveryListener {
  /** A listener that does nothing. */
  DiscoveryListener NONE = new DiscoveryListener() {};

  /**
   * Probes are sent.
   *
   * @param sources the interfaces with their addresses, such as {@code eth0 (192.0.2.7)}
   */
  default void searching(List<String> sources) {}

  /**
   * A camera answered a probe; it is asked for its streams when the search is over.
   *
   * @param address that it answered from
   * @param name from its scopes, as it sent it; may be empty
   */
  default void answered(String address, String name) {}

  /** A camera was asked for its streams. */
  default void camera(OnvifCamera camera) {}
}
