package dev.photofinish.connect.cause;

import dev.photofinish.race.Cause;
import io.netty.handler.proxy.ProxyConnectException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the answer of a proxy from its handler's exception, which has it in words alone. */
public final class ProxyAnswers {
  private static final String STATUS = "status: ";
  private static final int STATUS_DIGITS = 3;
  private static final String GATEWAY_TIMEOUT = "504";

  /** RFC 9110 section 15.5.8; tinyproxy answers 401 to credentials that are wrong. */
  private static final Set<String> OTHER_CREDENTIALS = Set.of("401", "407");

  private static final String GONE = "disconnected";

  private ProxyAnswers() {}

  static Cause cause(ProxyConnectException thrown) {
    String answer = answer(thrown);
    String http = httpStatus(answer);
    return http == null ? ofOther(answer) : ofHttp(http);
  }

  /** A proxy that wants other credentials will not take these in the next attempt. */
  public static boolean isOtherCredentialsWanted(Throwable thrown) {
    if (!(thrown instanceof ProxyConnectException answered)) {
      return false;
    }
    String answer = answer(answered);
    String http = httpStatus(answer);
    return http != null
        ? OTHER_CREDENTIALS.contains(http)
        : answer.startsWith("authStatus: ") || answer.startsWith("unexpected authMethod: ");
  }

  /** The three digits of an HTTP status, null for the answer of another protocol. */
  private static @Nullable String httpStatus(String answer) {
    int end = STATUS.length() + STATUS_DIGITS;
    if (!answer.startsWith(STATUS) || answer.length() < end) {
      return null;
    }
    String status = answer.substring(STATUS.length(), end);
    boolean digits = status.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean ends = answer.length() == end || !Character.isLetterOrDigit(answer.charAt(end));
    return digits && ends ? status : null;
  }

  private static Cause ofHttp(String status) {
    if (OTHER_CREDENTIALS.contains(status)) {
      return Cause.PROTOCOL;
    }
    if (status.equals(GATEWAY_TIMEOUT)) {
      return Cause.TIMEOUT;
    }
    boolean refused = status.charAt(0) == '4' || status.charAt(0) == '5';
    return refused ? Cause.REFUSED : Cause.PROTOCOL;
  }

  /** RFC 1928 section 6, and what is no answer. */
  private static Cause ofOther(String answer) {
    if (answer.equals(GONE) || answer.equals("missing response")) {
      return Cause.CLOSED;
    }
    if (!answer.startsWith(STATUS)) {
      return Cause.PROTOCOL;
    }
    String status = answer.toUpperCase(Locale.ROOT);
    if (status.contains("UNREACHABLE")) {
      return Cause.UNREACHABLE;
    }
    return status.contains("TTL_EXPIRED") ? Cause.TIMEOUT : Cause.REFUSED;
  }

  /** Such as {@code the proxy answered 403 Forbidden}. */
  static String detail(ProxyConnectException thrown) {
    String answer = answer(thrown);
    if (answer.equals(GONE)) {
      return "closed by the proxy";
    }
    if (answer.startsWith(STATUS)) {
      return "the proxy answered " + answer.substring(STATUS.length());
    }
    if (answer.startsWith("authStatus: ")) {
      return "the proxy refused user and password (" + answer + ")";
    }
    return "the proxy: " + answer;
  }

  /** {@code PROTOCOL, AUTHENTICATION, PROXY => DESTINATION, ANSWER}. */
  private static String answer(ProxyConnectException thrown) {
    String message = String.valueOf(thrown.getMessage());
    int destination = message.indexOf(" => ");
    int answer = message.indexOf(", ", Math.max(0, destination));
    return answer < 0 ? message : message.substring(answer + 2);
  }
}
