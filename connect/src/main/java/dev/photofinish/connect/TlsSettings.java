package dev.photofinish.connect;

import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that TLS trusts. Unless {@link #insecure}, certificate and host name are
 * verified.
 */
public final class TlsSettings {
  private static final TlsSettings SYSTEM = new TlsSettings(null, null, false);
  private static final TlsSettings INSECURE = new TlsSettings(null, null, true);

  private final @Nullable KeyStore trust;
  private final @Nullable KeyManagerFactory identity;
  private final boolean insecure;

  private TlsSettings(
      @Nullable KeyStore trust, @Nullable KeyManagerFactory identity, boolean insecure) {
    this.trust = trust;
    this.identity = identity;
    this.insecure = insecure;
  }

  /** The Java platform's own certificate authorities. */
  public static TlsSettings systemTrust() {
    return SYSTEM;
  }

  /** The certificates in {@code trust}, and no others. */
  public static TlsSettings trustStore(KeyStore trust) {
    return new TlsSettings(Objects.requireNonNull(trust), null, false);
  }

  /**
   * Verifies neither certificate nor host name: anyone in between can read and change everything,
   * passwords too. A connector with this setting says so in its log.
   */
  public static TlsSettings insecure() {
    return INSECURE;
  }

  /** The same trust, and this certificate for servers that ask the client for one. */
  public TlsSettings withIdentity(KeyManagerFactory certificate) {
    return new TlsSettings(trust, Objects.requireNonNull(certificate), insecure);
  }

  boolean isInsecure() {
    return insecure;
  }

  @Nullable KeyStore trust() {
    return trust;
  }

  @Nullable KeyManagerFactory identity() {
    return identity;
  }
}
