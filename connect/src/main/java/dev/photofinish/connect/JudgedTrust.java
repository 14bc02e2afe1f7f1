package dev.photofinish.connect;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Keeps what Java says to the certificates of one connection, for a judge that decides later. */
final class JudgedTrust extends X509ExtendedTrustManager {
  private final @Nullable X509ExtendedTrustManager first;
  private volatile @Nullable Doubt doubt =
      new Doubt(List.of(), new CertificateException("there is none"));

  /**
   * Why certificates are not trusted.
   *
   * @param chain empty where none was shown
   */
  record Doubt(List<X509Certificate> chain, CertificateException why) {}

  /**
   * @param first whose certificates need no judge; null where all do
   */
  JudgedTrust(@Nullable X509ExtendedTrustManager first) {
    this.first = first;
  }

  /** After the handshake: what the judge has to decide about; null for nothing. */
  @Nullable Doubt doubt() {
    return doubt;
  }

  /**
   * What Java makes of certificates.
   *
   * @param authorities null for the platform's
   */
  static X509ExtendedTrustManager of(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("Java has no trust manager for X.509");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    CertificateException why = new CertificateException("it was not accepted");
    if (first != null) {
      try {
        first.checkServerTrusted(chain, type, engine);
        doubt = null;
        return;
      } catch (CertificateException e) {
        why = e;
      }
    }
    doubt = new Doubt(List.of(chain), why);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return first == null ? new X509Certificate[0] : first.getAcceptedIssuers();
  }

  // ---- What a client that has engines never asks

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("nobody says which server it is");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("clients are not trusted");
  }
}
