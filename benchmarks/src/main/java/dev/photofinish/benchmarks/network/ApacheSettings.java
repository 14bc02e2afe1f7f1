package dev.photofinish.benchmarks.network;

import java.net.InetAddress;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.Timeout;

/** The settings of both of Apache's clients. */
final class ApacheSettings {
  /** More than are ever in use: nobody waits for a place. */
  static final int CONNECTIONS = 100_000;

  /** For each address; by default it would be three minutes. */
  static final ConnectionConfig CONNECTION =
      ConnectionConfig.custom()
          .setConnectTimeout(Timeout.ofMilliseconds(Contender.CONNECT_MILLIS))
          .setSocketTimeout(Timeout.ofMilliseconds(Contender.LIMIT_MILLIS))
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
