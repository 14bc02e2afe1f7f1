package dev.photofinish.rtsp.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Numeric addresses in what a camera sends; a name is never looked up. */
final class NumericAddress {
  private static final int LONGEST = 45;
  private static final int OCTETS = 4;

  private NumericAddress() {}

  /** An IPv4 or IPv6 address without a zone; empty for anything else. */
  static Optional<InetAddress> parse(String text) {
    String trimmed = text.trim();
    boolean v6 = trimmed.indexOf(':') >= 0;
    if (v6 ? !isLikeIpv6(trimmed) : !isIpv4(trimmed)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(trimmed));
    } catch (UnknownHostException e) {
      return Optional.empty(); // colons and digits that are no IPv6 address
    }
  }

  private static boolean isIpv4(String text) {
    List<String> octets = Syntax.split(text, '.');
    return text.chars().filter(c -> c == '.').count() == OCTETS - 1
        && octets.size() == OCTETS
        && octets.stream().allMatch(NumericAddress::isOctet);
  }

  private static boolean isOctet(String text) {
    OptionalInt octet = Syntax.unsigned(text);
    return text.length() <= 3 && octet.isPresent() && octet.getAsInt() <= 255;
  }

  /** With a colon the platform takes it as an address, never as a name. */
  private static boolean isLikeIpv6(String text) {
    return TextScanner.consistsOf(
        text, 2, LONGEST, c -> TextScanner.isHexDigit(c) || c == ':' || c == '.');
  }
}
