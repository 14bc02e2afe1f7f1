package dev.photofinish.rtsp.message;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Reads whose packets to a group are wanted (RFC 4570). */
public final class SourceFilter {
  private static final int SOURCE = 4;

  private SourceFilter() {}

  /**
   * The first source of an attribute, {@code incl IN IP4 239.1.2.3 192.0.2.1}; empty if it excludes
   * sources or names no address.
   */
  public static Optional<InetAddress> parse(String attribute) {
    List<String> fields = Syntax.split(attribute, ' ');
    return fields.size() > SOURCE && fields.get(0).equalsIgnoreCase("incl")
        ? host(fields.get(SOURCE))
        : Optional.empty();
  }

  /** The address of one host; empty for a name, which is not looked up, or a group. */
  public static Optional<InetAddress> host(String text) {
    return NumericAddress.parse(text)
        .filter(address -> !address.isMulticastAddress() && !address.isAnyLocalAddress());
  }
}
