package dev.photofinish.connect.cause;

import dev.photofinish.host.FileDescriptors;
import dev.photofinish.host.SourceAddresses;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Maps the exception of a channel to the cause of its attempt's end.
 *
 * <p>epoll, io_uring and NIO throw different types for the same error number, so the system's own
 * words ({@code strerror}) decide where the type does not.
 */
public final class CauseMapper {
  /**
   * What the detail of an attempt begins with whose peer showed a certificate that is not valid.
   */
  public static final String NOT_TRUSTED = "the certificate is not trusted";

  private static final int MOST_CAUSES = 10;

  private static final String FAILED_CALL = "(..) failed with error(";

  private CauseMapper() {}

  public static Cause of(Throwable thrown, Candidate candidate, Stage stage) {
    if (thrown instanceof ProxyConnectException answered) {
      return ProxyAnswers.cause(answered);
    }
    if (thrown instanceof SSLException || thrown.getCause() instanceof SSLException) {
      return Cause.TLS;
    }
    if (thrown instanceof ClosedChannelException) {
      return Cause.CLOSED;
    }
    String text = text(thrown);
    if (text.contains("refused")) {
      return Cause.REFUSED;
    }
    if (text.contains("reset") || text.contains("broken pipe") || text.contains("aborted")) {
      return Cause.RESET;
    }
    if (text.contains("timed out")) {
      return Cause.TIMEOUT;
    }
    return isUnreachable(thrown, text) ? unreachable(candidate) : other(thrown, stage);
  }

  /**
   * The kernel uses the same numbers for a missing route and for what the network answered: if
   * there is no route now, nothing was sent.
   */
  private static Cause unreachable(Candidate candidate) {
    return SourceAddresses.learn(candidate.remote()) == null ? Cause.LOCAL : Cause.UNREACHABLE;
  }

  private static boolean isUnreachable(Throwable thrown, String text) {
    return !(thrown instanceof BindException)
        && (thrown instanceof NoRouteToHostException
            || text.contains("unreachable")
            || text.contains("no route")
            || text.contains("host is down"));
  }

  private static Cause other(Throwable thrown, Stage stage) {
    if (stage == Stage.STARTED) {
      return Cause.LOCAL;
    }
    return thrown instanceof IOException ? Cause.RESET : Cause.PROTOCOL;
  }

  /** The words of {@code thrown} in one sentence: peer text in it is escaped and cut. */
  public static String detail(Throwable thrown) {
    if (isAboutCertificate(thrown)) {
      return PeerText.shown(NOT_TRUSTED + ": " + words(thrown));
    }
    return PeerText.shown(
        FileDescriptors.areUsedUp(thrown) ? FileDescriptors.NONE_LEFT : withoutCall(words(thrown)));
  }

  private static boolean isAboutCertificate(Throwable thrown) {
    @Nullable Throwable at = thrown;
    for (int i = 0; at != null && i < MOST_CAUSES; i++) {
      if (at instanceof CertificateException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  /** Without the system call that the native transports put first, and its error number. */
  private static String withoutCall(String text) {
    int call = text.indexOf(FAILED_CALL);
    int end = call < 0 ? -1 : text.indexOf("): ", call);
    return end < 0 ? text : text.substring(end + "): ".length());
  }

  /** The message of {@code thrown}, or of what is behind it when it has none. */
  private static String words(Throwable thrown) {
    if (thrown instanceof ProxyConnectException answered) {
      return ProxyAnswers.detail(answered);
    }
    @Nullable Throwable root = thrown.getCause();
    String message = thrown.getMessage();
    if (thrown instanceof NoRouteToHostException) {
      return "no route to host"; // the native transports say "null"
    }
    if (message == null) {
      return root == null ? thrown.getClass().getSimpleName() : words(root);
    }
    return root == null || root.getMessage() == null || message.contains(root.getMessage())
        ? message
        : message + ": " + words(root);
  }

  private static String text(Throwable thrown) {
    return detail(thrown).toLowerCase(Locale.ROOT);
  }
}
