package dev.photofinish.fleet;

import dev.photofinish.connect.TlsSettings;
import dev.photofinish.option.InvalidOptionException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.KeyManagerFactory;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;
import org.apache.pekko.pki.pem.PEMLoadingException;

/**
 * The PEM files by which nodes know each other: each shows its certificate, which the fleet's
 * authority has signed.
 *
 * @param certificate of this node, for the address by which others reach it
 * @param key of the certificate: RSA, not encrypted
 * @param authority that has signed the certificates of all nodes, and of nobody else
 */
public record FleetTls(Path certificate, Path key, Path authority) {
  /** Of certificate and key among those of {@link #identity}. */
  static final String ALIAS = "node";

  private static final char[] NO_PASSWORD = new char[0];

  /**
   * Looks whether the files are such that other nodes will know this one by them.
   *
   * @param host by which they reach it
   * @throws InvalidOptionException if a file cannot be read, or they do not fit each other
   */
  void check(String host) {
    X509Certificate own = certificate("certificate", certificate);
    X509Certificate signer = certificate("authority", authority);
    try {
      if (!(privateKey() instanceof RSAPrivateKey secret)
          || !(own.getPublicKey() instanceof RSAPublicKey open)
          || !secret.getModulus().equals(open.getModulus())) {
        throw new InvalidOptionException("key", key, "the RSA key of " + certificate);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw refused("key", key, "a PEM file with an RSA key that is not encrypted", e);
    }
    try {
      own.checkValidity();
    } catch (CertificateException e) {
      throw refused("certificate", certificate, "one that is valid now", e);
    }
    try {
      own.verify(signer.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw refused("certificate", certificate, "one that " + authority + " has signed", e);
    }
    checkName(own, host);
  }

  /** Others would connect, and read no camera from this node. */
  private void checkName(X509Certificate own, String host) {
    String expected = "one that has " + host + " among its subject alternative names";
    try {
      if (!CertificateNames.has(own, host)) {
        throw new InvalidOptionException("certificate", certificate, expected);
      }
    } catch (CertificateException e) {
      throw refused("certificate", certificate, expected, e);
    }
  }

  private static X509Certificate certificate(String option, Path file) {
    try {
      return read(file);
    } catch (IOException | GeneralSecurityException e) {
      throw refused(option, file, "a PEM file with a certificate", e);
    }
  }

  private static InvalidOptionException refused(
      String option, Path file, String expected, Exception cause) {
    InvalidOptionException refused = new InvalidOptionException(option, file, expected);
    refused.initCause(cause);
    return refused;
  }

  /** For the server that other nodes read from. */
  SslContext server(KeyManagerFactory identity) throws IOException {
    return SslContextBuilder.forServer(identity)
        .trustManager(authority.toFile())
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  /** For the client that reads from other nodes. */
  TlsSettings client(KeyManagerFactory identity) throws IOException, GeneralSecurityException {
    KeyStore trust = empty();
    trust.setCertificateEntry("authority", read(authority));
    return TlsSettings.trustStore(trust).withIdentity(identity);
  }

  /** Certificate and key as they are in their files now. */
  KeyManagerFactory identity() throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry(ALIAS, privateKey(), NO_PASSWORD, new Certificate[] {read(certificate)});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    try {
      return DERPrivateKeyLoader.load(PEMDecoder.decode(Files.readString(key)));
    } catch (PEMLoadingException e) {
      throw new GeneralSecurityException(key + ": " + e.getMessage(), e);
    }
  }

  private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
