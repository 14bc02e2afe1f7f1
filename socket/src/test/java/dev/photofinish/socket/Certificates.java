package dev.photofinish.socket;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A server that is {@code race.test} and no other, and a client that trusts its authority. */
record Certificates(SSLContext server, SSLContext client, X509TrustManager trust) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static Certificates make() {
    try {
      return tryToMake();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Certificates tryToMake() throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=Test Authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle named =
        new CertificateBuilder()
            .subject("CN=race.test")
            .addSanDnsName("race.test")
            .buildIssuedBy(authority);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(named.toKeyStore(PASSWORD), PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = authority.toKeyStore(PASSWORD);
    trust.init(trusted);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    return new Certificates(server, client, (X509TrustManager) trust.getTrustManagers()[0]);
  }
}
