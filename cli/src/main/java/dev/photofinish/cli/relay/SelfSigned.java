package dev.photofinish.cli.relay;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * A certificate that is made at the start of a relay and kept nowhere.
 *
 * @param fingerprint SHA-256 in hex with colons, as browsers and openssl show it
 */
record SelfSigned(SslContext tls, String fingerprint) {
  private static final Duration VALID = Duration.ofDays(365);

  /** Such a certificate for the loopback and these addresses. */
  static SelfSigned of(List<InetSocketAddress> addresses) throws SSLException {
    try {
      CertificateBuilder builder =
          new CertificateBuilder()
              .subject("CN=photofinish relay")
              .ecp256()
              .setIsCertificateAuthority(true)
              .notBefore(Instant.now().minus(Duration.ofDays(1)))
              .notAfter(Instant.now().plus(VALID))
              .addExtendedKeyUsageServerAuth()
              .addSanDnsName("localhost")
              .addSanIpAddress("127.0.0.1")
              .addSanIpAddress("::1");
      for (InetSocketAddress address : addresses) {
        if (!address.getAddress().isAnyLocalAddress()) {
          builder.addSanIpAddress(address.getAddress());
        }
      }
      X509Bundle made = builder.buildSelfSigned();
      SslContext tls =
          SslContextBuilder.forServer(made.getKeyPair().getPrivate(), made.getCertificatePath())
              .build();
      return new SelfSigned(tls, fingerprint(made.getCertificate()));
    } catch (SSLException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // the builder's signature
      throw new SSLException("no certificate could be made", e);
    }
  }

  private static String fingerprint(X509Certificate certificate)
      throws NoSuchAlgorithmException, CertificateEncodingException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
  }
}
