package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.race.address.Addresses;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The rule of who may be served: anyone on the loopback, elsewhere users alone, unless it is asked
 * for.
 *
 * @param users whether there are users
 * @param anyone whether it is asked for
 */
public record Openness(boolean users, boolean anyone) {
  /**
   * Looks at an address for readers; wrong use where anyone could read there.
   *
   * @param at null where nothing is served
   */
  public void checkReaders(String option, @Nullable InetSocketAddress at) {
    if (!users) {
      checkLoopback(option, at, "--users FILE");
    }
  }

  /** Looks at the page's address, where a password must not be readable on the way either. */
  public void checkPage(@Nullable InetSocketAddress web, boolean isTls) {
    if (!users || !isTls) {
      checkLoopback("web", web, "--users FILE with --web-tls");
    }
  }

  private void checkLoopback(String option, @Nullable InetSocketAddress at, String expected) {
    if (!anyone && at != null && !at.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "--"
              + option
              + ": anyone who reaches "
              + Addresses.text(at)
              + " could read the cameras; expected "
              + expected
              + ", or --anyone");
    }
  }
}
