package dev.photofinish.cli.relay;

import dev.photofinish.relay.rtsp.CertificateEnd;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of a certificate and its key, which are read again when they were written: certificates
 * are renewed while a relay runs. What is wrong changes nothing; connections that are open stay.
 */
final class ReloadedTls extends SslContext {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadedTls.class);

  /** By the algorithms of public keys. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private final Path certificate;
  private final Path key;
  private final FileWatch certificateWatch;
  private final FileWatch keyWatch;
  private final CertificateEnd end;
  private volatile Pair present;

  /** What is served, and the certificate that it shows. */
  private record Pair(SslContext tls, X509Certificate certificate) {}

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if they are not PEM, or the key is another certificate's
   */
  ReloadedTls(Path certificate, Path key) throws SSLException {
    this.certificate = certificate;
    this.key = key;
    this.certificateWatch = new FileWatch(certificate).fromNow();
    this.keyWatch = new FileWatch(key).fromNow();
    this.end = new CertificateEnd(certificate, "players, browsers and probes refuse it", LOG::warn);
    this.present = read();
  }

  private Pair read() throws SSLException {
    X509Certificate[] chain = chain();
    PrivateKey secret = secret();
    if (!fit(chain[0].getPublicKey(), secret)) { // one of two that are renewed may come first
      throw new IllegalArgumentException(key + " is not the key of " + certificate);
    }
    return new Pair(SslContextBuilder.forServer(secret, chain).build(), chain[0]);
  }

  private X509Certificate[] chain() {
    try {
      return toX509Certificates(certificate.toFile());
    } catch (CertificateException | RuntimeException e) {
      throw new IllegalArgumentException(
          "File does not contain valid certificates: " + certificate, e);
    }
  }

  private PrivateKey secret() {
    try {
      return toPrivateKey(key.toFile(), null);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new IllegalArgumentException("File does not contain valid private key: " + key, e);
    }
  }

  /** Whether a certificate verifies what a key signs; true of all but RSA and EC. */
  private static boolean fit(PublicKey open, PrivateKey secret) throws SSLException {
    String algorithm = SIGNATURES.get(open.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(
          KeyFactory.getInstance(open.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(secret.getEncoded())));
      byte[] signed = signature.sign();
      signature.initVerify(open);
      return signature.verify(signed);
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
      return false; // of another kind, or another length
    } catch (NoSuchAlgorithmException e) {
      throw new SSLException(e);
    }
  }

  /**
   * Reads the files again if one was written, and warns of a certificate that ends soon.
   *
   * @param always whether to read them in any case
   */
  void look(boolean always, Instant now) {
    readAgain(always);
    end.look(present.certificate(), now);
  }

  private void readAgain(boolean always) {
    boolean certified = certificateWatch.hasChanged();
    boolean keyed = keyWatch.hasChanged();
    if (!certified && !keyed && !always) {
      return;
    }
    try {
      present = read();
      LOG.warn("{} was read again, and counts from now on", certificate);
    } catch (SSLException | IllegalArgumentException e) {
      LOG.warn("{}; the certificate that was read last goes on", e.getMessage());
    }
  }

  // ---- What a connection asks for

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return present.tls().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // of a method that each context has
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return present.tls().applicationProtocolNegotiator();
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return present.tls().newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return present.tls().newEngine(allocator, host, port);
  }

  @Override
  public SSLSessionContext sessionContext() {
    return present.tls().sessionContext();
  }
}
