package dev.photofinish.onvif.probe;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The devices that answered, each once by its endpoint reference, however often and from however
 * many addresses it answers. At most {@link #MOST_DEVICES} of them, with {@link #MOST_SOURCES}
 * addresses each: what comes beyond is dropped.
 */
public final class Sightings {
  static final int MOST_DEVICES = 1024;
  static final int MOST_SOURCES = 8;

  /**
   * One device.
   *
   * @param sources the addresses that it answered from, the first one first
   */
  public record Sighting(
      String endpoint, List<InetAddress> sources, List<String> xaddrs, Scopes scopes) {
    private Sighting merge(InetAddress source, ProbeMatch match) {
      return new Sighting(
          endpoint,
          union(sources, List.of(source), MOST_SOURCES),
          union(xaddrs, match.xaddrs(), ProbeMatch.MOST_XADDRS),
          scopes.equals(Scopes.NONE) ? match.scopes() : scopes);
    }
  }

  private final Map<String, Sighting> devices = new LinkedHashMap<>();

  /** Adds an answer; true if the device was not known. */
  public boolean add(InetAddress source, ProbeMatch match) {
    String key = match.endpoint().isEmpty() ? source.getHostAddress() : match.endpoint();
    Sighting known = devices.get(key);
    if (known != null) {
      devices.put(key, known.merge(source, match));
      return false;
    }
    if (devices.size() >= MOST_DEVICES) {
      return false;
    }
    devices.put(
        key, new Sighting(match.endpoint(), List.of(source), match.xaddrs(), match.scopes()));
    return true;
  }

  /** In the order in which they were first seen. */
  public List<Sighting> devices() {
    return List.copyOf(devices.values());
  }

  public int count() {
    return devices.size();
  }

  private static <T> List<T> union(List<T> first, List<T> second, int most) {
    Set<T> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all.size() <= first.size() ? first : all.stream().limit(most).toList();
  }
}
