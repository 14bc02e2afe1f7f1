package dev.photofinish.connect.dns;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Family;
import io.netty.resolver.HostsFileEntriesProvider;
import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hosts file, read again when it changed. A name that it has for one family is not looked for
 * elsewhere in the other. {@code localhost} is always known (RFC 6761 section 6.3).
 */
public final class HostsFile {
  private static final List<InetAddress> LOOPBACK6 = List.of(Addresses.parse("::1"));
  private static final List<InetAddress> LOOPBACK4 = List.of(Addresses.parse("127.0.0.1"));

  private final File file;
  private long seen = -1;
  private Map<String, List<InetAddress>> ipv6 = Map.of();
  private Map<String, List<InetAddress>> ipv4 = Map.of();

  public HostsFile(Path file) {
    this.file = file.toFile();
  }

  public static Path systemFile() {
    String windows = System.getenv("SystemRoot");
    return windows == null
        ? Path.of("/etc/hosts")
        : Path.of(windows, "System32", "drivers", "etc", "hosts");
  }

  /** The addresses of {@code host} in {@code family}; null when the file does not have the name. */
  public synchronized @Nullable List<InetAddress> find(String host, Family family) {
    refresh();
    String name = normal(host);
    boolean known = ipv6.containsKey(name) || ipv4.containsKey(name);
    if (known) {
      return (family == Family.IPV6 ? ipv6 : ipv4).getOrDefault(name, List.of());
    }
    if (name.equals("localhost")) {
      return family == Family.IPV6 ? LOOPBACK6 : LOOPBACK4;
    }
    return null;
  }

  private static String normal(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  private void refresh() {
    long modified = file.lastModified();
    if (modified == seen) {
      return;
    }
    seen = modified;
    HostsFileEntriesProvider entries =
        HostsFileEntriesProvider.parser().parseSilently(file, StandardCharsets.UTF_8);
    ipv6 = entries.ipv6Entries();
    ipv4 = entries.ipv4Entries();
  }
}
