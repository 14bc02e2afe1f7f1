package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.Method;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a session's keep-alives, and the request that they are: unless the user chose it,
 * the first of GET_PARAMETER, OPTIONS and SET_PARAMETER that the camera takes.
 */
final class KeepAlive {
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

  /** Answers that refuse a client or the aggregate, and say nothing of the method. */
  private static final Set<Integer> NOT_ABOUT_THE_METHOD = Set.of(453, 459, 503);

  private static final List<Method> ADVERTISED =
      List.of(Method.GET_PARAMETER, Method.OPTIONS, Method.SET_PARAMETER);

  private static final List<Method> UNKNOWN =
      List.of(Method.OPTIONS, Method.GET_PARAMETER, Method.SET_PARAMETER);

  private final KeepAliveMethod choice;
  private final KnownDevice known;
  private final Set<Method> taken = new HashSet<>();
  private final Set<Method> refused = new HashSet<>();
  private boolean asked;
  private boolean advertised;
  private @Nullable Method unanswered;
  private long interval = LONGEST_TIMEOUT.dividedBy(2).toNanos();
  private long usedAt;

  /**
   * @param known the requests that ended earlier connections, and the one that kept them alive
   */
  KeepAlive(KeepAliveMethod choice, KnownDevice known) {
    this.choice = choice;
    this.known = known;
    known.keptAliveBy().ifPresent(taken::add);
  }

  // ---- The method

  Method method() {
    return switch (choice) {
      case OPTIONS -> Method.OPTIONS;
      case GET_PARAMETER -> Method.GET_PARAMETER;
      case AUTO -> automatic();
    };
  }

  private Method automatic() {
    if (known.keptAliveBy().filter(this::isUsable).isPresent()) {
      return known.keptAliveBy().get();
    }
    List<Method> order = advertised ? ADVERTISED : UNKNOWN;
    return order.stream().filter(this::isUsable).findFirst().orElse(Method.OPTIONS);
  }

  private boolean isUsable(Method method) {
    return !refused.contains(method) && !known.endsAt(method);
  }

  /** Whether there is one that the camera does not hang up at: else our RTCP has to do. */
  boolean isPossible() {
    return choice != KeepAliveMethod.AUTO || !ADVERTISED.stream().allMatch(known::endsAt);
  }

  /** Whether the choice is ours, and nothing of the camera's methods is known; true once. */
  boolean wantsOptions() {
    boolean first = !asked;
    asked = true;
    return first
        && choice == KeepAliveMethod.AUTO
        && known.keptAliveBy().isEmpty()
        && !known.endsAt(Method.OPTIONS);
  }

  /** The methods of a Public header. */
  void advertised(Set<Method> methods) {
    asked = true;
    advertised = methods.contains(Method.GET_PARAMETER);
  }

  // ---- What becomes of it

  /** A keep-alive was sent because it was due. */
  void sent() {
    unanswered = method();
  }

  /** The next one is due: a method that was never taken, and not answered now, is not taken. */
  void due() {
    if (unanswered != null) {
      refuse(unanswered);
    }
  }

  /** A request of this method was answered with success. */
  void accepted(Method method) {
    unanswered = null;
    taken.add(method);
  }

  /**
   * A request of this method was answered with an error.
   *
   * @return whether another method is worth trying at once
   */
  boolean refused(Method method, int status) {
    unanswered = null;
    return !NOT_ABOUT_THE_METHOD.contains(status) && refuse(method);
  }

  private boolean refuse(Method method) {
    boolean mine = choice == KeepAliveMethod.AUTO && ADVERTISED.contains(method);
    if (!mine || taken.contains(method)) {
      return false;
    }
    refused.add(method);
    return isUsable(method());
  }

  // ---- The schedule

  /** The session's {@code timeout}: half of it, or of 60 s if that is shorter. */
  void timeout(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
    interval = bounded.dividedBy(2).toNanos();
  }

  /** A request of the session was sent. RFC 2326 section 12.37: any of them counts. */
  void used(long now) {
    usedAt = now;
  }

  /**
   * When the next one is due; sooner behind one that is not known to be taken and not answered, so
   * that there is time for another.
   */
  long dueAt() {
    boolean inDoubt = unanswered != null && !taken.contains(unanswered);
    return usedAt + (inDoubt && choice == KeepAliveMethod.AUTO ? interval / 2 : interval);
  }
}
