package dev.photofinish.camera;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of what clients leave behind: beyond 1000 entries the oldest is forgotten. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;
  private static final int MAX = 1000;

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MAX;
  }
}
