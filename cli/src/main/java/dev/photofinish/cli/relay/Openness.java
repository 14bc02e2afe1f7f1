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

  /** Looks at groups, which show the cameras to whoever joins them, whatever is listened at. */
  void checkGroups(ServedGroups groups) {
    String all = "--" + ServedGroups.OPTION + ": anyone who joins a group could see the cameras; ";
    if (groups.first() != null && users) {
      throw new UsageException(all + "expected no --users, whose rights could not be kept");
    }
    if (!anyone && !groups.staysHere()) {
      throw new UsageException(
          all + "expected --anyone, or --serve-multicast-ttl 0 for this host alone");
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
