package dev.photofinish.cli.config;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.OptionType;
import java.net.InetSocketAddress;

/**
 * The type of options that name a host and a port: an IPv6 address in brackets, port 0 to 65535.
 */
public final class HostAndPort {
  private static final String EXPECTED = "HOST:PORT, such as 127.0.0.1:8554";
  private static final int MOST_PORT = 65_535;

  public static final OptionType<InetSocketAddress> TYPE =
      OptionType.text(EXPECTED, HostAndPort::address);

  private HostAndPort() {}

  @SuppressWarnings("AddressSelection") // one place to listen at, as java.net chooses it
  private static InetSocketAddress address(String option, String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      String host = text.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      int port = port(text.substring(colon + 1));
      if (port >= 0 && (bracketed || host.indexOf(':') < 0)) {
        InetSocketAddress address =
            new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
        if (!address.isUnresolved()) {
          return address;
        }
      }
    }
    throw new InvalidOptionException(option, text, EXPECTED);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= MOST_PORT ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
