package dev.photofinish.socket;

import dev.photofinish.host.FileDescriptors;
import dev.photofinish.host.SourceAddresses;
import dev.photofinish.race.Cause;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Maps the exception of a channel to the cause of its attempt's end. */
final class CauseMapper {
  private CauseMapper() {}

  static Cause of(Exception thrown, InetSocketAddress remote, boolean connected) {
    if (thrown instanceof EOFException) {
      return Cause.CLOSED;
    }
    String text = detail(thrown).toLowerCase(Locale.ROOT);
    if (text.contains("timed out")) {
      return Cause.TIMEOUT;
    }
    if (thrown instanceof NoRouteToHostException || text.contains("unreachable")) {
      return unreachable(remote);
    }
    if (thrown instanceof ConnectException) {
      return Cause.REFUSED;
    }
    boolean network = thrown instanceof IOException && !(thrown instanceof BindException);
    return network && (connected || text.contains("reset")) ? Cause.RESET : Cause.LOCAL;
  }

  /**
   * The kernel uses the same numbers for a missing route and for what the network answered: if
   * there is no route now, nothing was sent.
   */
  private static Cause unreachable(InetSocketAddress remote) {
    return SourceAddresses.learn(remote) == null ? Cause.LOCAL : Cause.UNREACHABLE;
  }

  static String detail(Exception thrown) {
    if (FileDescriptors.areUsedUp(thrown)) {
      return FileDescriptors.NONE_LEFT;
    }
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
