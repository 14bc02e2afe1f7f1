package dev.photofinish.camera;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.security.cert.X509Certificate;

/**
 * A certificate that nobody but the camera vouches for, as cameras have them, for {@code localhost}
 * and the camera's address.
 */
record SelfSigned(X509Certificate certificate, SslContext context) {

  static SelfSigned of(InetAddress address) {
    try {
      X509Bundle bundle =
          new CertificateBuilder()
              .subject("CN=Photofinish simulated camera")
              .setIsCertificateAuthority(true)
              .addSanDnsName("localhost")
              .addSanIpAddress(address.getHostAddress().replaceAll("%.*", ""))
              .buildSelfSigned();
      SslContext context =
          SslContextBuilder.forServer(bundle.toKeyManagerFactory())
              .sslProvider(SslProvider.JDK)
              .build();
      return new SelfSigned(bundle.getCertificate(), context);
    } catch (Exception e) { // CertificateBuilder declares no narrower type.
      throw new IllegalStateException("cannot make a certificate for " + address, e);
    }
  }
}
