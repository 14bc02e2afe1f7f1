package dev.photofinish.rtsp.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of UDP sockets that Linux shows in {@code /proc/net/udp} and {@code /proc/net/udp6}: a
 * line a socket, the second column its local address and port, the last one the datagrams that the
 * kernel dropped since the socket was opened.
 */
final class UdpTable {
  private UdpTable() {}

  /**
   * A socket's local address as the table shows it. An IPv4 address may be that of an IPv6 socket,
   * so that there are two ways.
   */
  static List<String> keys(InetSocketAddress local) {
    InetAddress address = local.getAddress();
    String port = String.format(Locale.ROOT, ":%04X", local.getPort());
    String words = words(address.getAddress());
    if (!(address instanceof Inet4Address)) {
      return List.of(words + port);
    }
    String any = "0".repeat(32);
    String mapped = words(new byte[12]).substring(0, 16) + words(mappedPrefix()) + words;
    return List.of(words + port, (address.isAnyLocalAddress() ? any : mapped) + port);
  }

  private static byte[] mappedPrefix() {
    byte[] prefix = new byte[4];
    prefix[2] = (byte) 0xff;
    prefix[3] = (byte) 0xff;
    return prefix;
  }

  /** Each four bytes as one number of this machine's byte order. */
  private static String words(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    StringBuilder text = new StringBuilder();
    while (in.remaining() >= Integer.BYTES) {
      text.append(String.format(Locale.ROOT, "%08X", in.getInt()));
    }
    return text.toString();
  }

  /** Adds what was dropped for the sockets whose keys {@code drops} has. */
  static void add(BufferedReader table, Map<String, Long> drops) throws IOException {
    for (String line = table.readLine(); line != null; line = table.readLine()) {
      String text = line.strip();
      int from = text.indexOf(' ') + 1;
      int to = text.indexOf(' ', from);
      String key = from > 0 && to > from ? text.substring(from, to) : "";
      if (drops.containsKey(key)) {
        drops.merge(key, number(text.substring(text.lastIndexOf(' ') + 1)), Long::sum);
      }
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return 0; // a kernel whose table has other columns
    }
  }
}
