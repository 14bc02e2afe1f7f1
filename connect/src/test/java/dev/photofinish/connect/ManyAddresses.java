package dev.photofinish.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A name with very many loopback addresses in a hosts file; a few refuse before one is live. */
final class ManyAddresses implements AutoCloseable {
  private static final int BEFORE = 5;
  private static final int LAST_BYTE = 250;

  private final Peers peers = new Peers();
  private final Path hosts;
  private final int port;
  private final InetAddress live;

  ManyAddresses(int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(address(i)).append(" pool.example\n");
    }
    hosts = Files.writeString(Files.createTempFile("hosts", ""), text);
    live = InetAddress.getByName(address(BEFORE));
    port = peers.mute(address(BEFORE)).port();
  }

  /** All in 127.1/16, so that no rule of RFC 6724 prefers one. */
  private static String address(int index) {
    return "127.1." + index / LAST_BYTE + "." + (1 + index % LAST_BYTE);
  }

  Path hosts() {
    return hosts;
  }

  int port() {
    return port;
  }

  InetAddress live() {
    return live;
  }

  /** How many addresses come before the live one. */
  int before() {
    return BEFORE;
  }

  @Override
  public void close() throws IOException {
    peers.close();
    Files.delete(hosts);
  }
}
