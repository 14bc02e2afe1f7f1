package dev.photofinish.benchmarks.network;

import java.net.InetAddress;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.Timeout;

/** The settings of both of Apache's clients. */
final class ApacheSettings {
  /** More than are ever in use: no exchange waits for one. */
  static final int CONNECTIONS = 100_000;

  /** For each address; by default it would be three minutes. */
  static final ConnectionConfig CONNECTION =
      ConnectionConfig.custom()
          .setConnectTimeout(Timeout.ofMilliseconds(Client.CONNECT_MILLIS))
          .setSocketTimeout(Timeout.ofMilliseconds(Client.LIMIT_MILLIS))
          .build();

  private ApacheSettings() {}

  static DnsResolver resolver(Host host) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String name) {
        return host.addresses().toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String name) {
        return name;
      }
    };
  }
}
