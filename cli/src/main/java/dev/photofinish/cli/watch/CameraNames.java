package dev.photofinish.cli.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the names of sections before the addresses of their cameras in lines of the log. */
final class CameraNames {
  private final Map<String, CameraName> byUrl = new HashMap<>();

  /** An address that two cameras share is left as it is. */
  CameraNames(List<CameraName> cameras) {
    Set<String> shared = new HashSet<>();
    for (CameraName camera : cameras) {
      if (byUrl.put(camera.url(), camera) != null) {
        shared.add(camera.url());
      }
    }
    byUrl.keySet().removeAll(shared);
    byUrl.values().removeIf(camera -> camera.section() == null);
  }

  String addTo(String line) {
    String named = line;
    for (Map.Entry<String, CameraName> camera : byUrl.entrySet()) {
      named = addTo(named, camera.getKey(), camera.getValue().toString());
    }
    return named;
  }

  private static String addTo(String line, String url, String name) {
    StringBuilder named = new StringBuilder();
    int done = 0;
    for (int at = line.indexOf(url); at >= 0; at = line.indexOf(url, at + 1)) {
      if (isWhole(line, at + url.length())) {
        named.append(line, done, at).append(name).append(' ');
        done = at;
      }
    }
    return named.append(line, done, line.length()).toString();
  }

  /** False in the middle of a longer address. */
  private static boolean isWhole(String line, int end) {
    return end == line.length() || " ,;:)\"".indexOf(line.charAt(end)) >= 0;
  }
}
