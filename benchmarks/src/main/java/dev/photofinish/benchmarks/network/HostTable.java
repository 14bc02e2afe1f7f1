package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/**
 * The names and addresses of the platform's own resolver, for clients that have none of their own.
 */
final class HostTable {
  private static final String HOSTS_FILE = "jdk.net.hosts.file";

  private HostTable() {}

  /** Must come before the first name is looked up. */
  static void take(Path hostsFile) {
    hostsFile.toFile().deleteOnExit();
    System.setProperty(HOSTS_FILE, hostsFile.toString());
    System.setProperty("java.net.preferIPv6Addresses", "system");
  }

  static void add(Host host) throws IOException {
    String lines =
        host.addresses().stream()
            .map(InetAddress::getHostAddress)
            .map(address -> address + " " + host.name() + "\n")
            .collect(Collectors.joining());
    Files.writeString(Path.of(System.getProperty(HOSTS_FILE)), lines, StandardOpenOption.APPEND);
  }
}
