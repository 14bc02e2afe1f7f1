package dev.photofinish.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what must come out with what did; what the expectation does not name may be anything.
 */
final class Expectation {
  private Expectation() {}

  static List<String> differences(Map<?, ?> expected, Map<?, ?> actual) {
    List<String> differences = new ArrayList<>();
    compare("", expected, actual, differences);
    return differences;
  }

  private static void compare(
      String path, @Nullable Object expected, @Nullable Object actual, List<String> differences) {
    if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
      map.forEach(
          (key, value) ->
              compare(
                  path.isEmpty() ? "" + key : path + "." + key,
                  value,
                  other.get(key),
                  differences));
    } else if (expected instanceof List<?> list && actual instanceof List<?> other) {
      if (list.size() != other.size()) {
        differences.add(path + ": expected " + list.size() + " entries, got " + other.size());
      }
      for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
        compare(path + "[" + i + "]", list.get(i), other.get(i), differences);
      }
    } else if (!same(expected, actual)) {
      differences.add(path + ": expected " + expected + ", got " + actual);
    }
  }

  private static boolean same(@Nullable Object expected, @Nullable Object actual) {
    return (expected instanceof Number a && actual instanceof Number b)
        ? Double.compare(a.doubleValue(), b.doubleValue()) == 0
        : Objects.equals(expected, actual);
  }
}
