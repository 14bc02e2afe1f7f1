package dev.photofinish.relay.web.http;

import dev.photofinish.relay.web.access.Right;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with what answers it.
 *
 * @param path such as {@code /api/cameras/{name}}
 * @param right that a request needs
 * @param upgrade whether it is for WebSocket, which pages of other sites must not open
 */
public record Route(HttpMethod method, String path, Right right, boolean upgrade, Handler handler) {

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Called on the connection's event loop, which must not be blocked. It answers now or later,
     * once.
     *
     * @throws RefusedException for an error that the sender is answered with
     */
    void handle(Exchange exchange);
  }

  public static Route get(String path, Right right, Handler handler) {
    return new Route(HttpMethod.GET, path, right, false, handler);
  }

  public static Route webSocket(String path, Right right, Handler handler) {
    return new Route(HttpMethod.GET, path, right, true, handler);
  }

  /** Whether it changes something. */
  boolean isChange() {
    return !method.equals(HttpMethod.GET);
  }

  /**
   * The values of the names in the path; empty where it is another path.
   *
   * @param segments of the path asked for, decoded
   */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> own = segments(path);
    if (own.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      String segment = own.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), segments.get(i));
      } else if (!segment.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** The parts between slashes, those that are empty too. */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    int from = 1;
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', from)) {
      segments.add(path.substring(from, slash));
      from = slash + 1;
    }
    segments.add(path.substring(Math.min(from, path.length())));
    return segments;
  }
}
