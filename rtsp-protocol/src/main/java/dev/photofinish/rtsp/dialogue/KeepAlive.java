package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Method;
import java.time.Duration;
import java.util.Set;

/** The schedule of a session's keep-alives, and the request that they are. */
final class KeepAlive {
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

  private final KeepAliveMethod choice;
  private final KnownDevice known;
  private boolean asked;
  private boolean advertised;
  private boolean refused;
  private long interval = LONGEST_TIMEOUT.dividedBy(2).toNanos();
  private long usedAt;

  /**
   * @param known the requests that ended earlier connections to the camera
   */
  KeepAlive(KeepAliveMethod choice, KnownDevice known) {
    this.choice = choice;
    this.known = known;
  }

  Method method() {
    return switch (choice) {
      case OPTIONS -> Method.OPTIONS;
      case GET_PARAMETER -> Method.GET_PARAMETER;
      case AUTO -> automatic();
    };
  }

  /**
   * The first of GET_PARAMETER, where the camera knows it, OPTIONS and SET_PARAMETER that works.
   */
  private Method automatic() {
    if (advertised && !refused && !isFatal(Method.GET_PARAMETER)) {
      return Method.GET_PARAMETER;
    }
    boolean set = isFatal(Method.OPTIONS) && !isFatal(Method.SET_PARAMETER);
    return set ? Method.SET_PARAMETER : Method.OPTIONS;
  }

  private boolean isFatal(Method method) {
    return known.endsAt(method);
  }

  /** Whether the choice is ours, and nothing of the camera's methods is known; true once. */
  boolean wantsOptions() {
    boolean first = !asked;
    asked = true;
    return first && choice == KeepAliveMethod.AUTO && !isFatal(Method.OPTIONS);
  }

  /** The methods of a Public header. */
  void advertised(Set<Method> methods) {
    asked = true;
    advertised = methods.contains(Method.GET_PARAMETER);
  }

  /** A camera that advertises GET_PARAMETER may still not know it. */
  void refused(Method method) {
    refused |= method.equals(Method.GET_PARAMETER);
  }

  /** The session's {@code timeout}: half of it, or of 60 s if that is shorter. */
  void timeout(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
    interval = bounded.dividedBy(2).toNanos();
  }

  /** A request of the session was sent. RFC 2326 section 12.37: any of them counts. */
  void used(long now) {
    usedAt = now;
  }

  long dueAt() {
    return usedAt + interval;
  }
}
