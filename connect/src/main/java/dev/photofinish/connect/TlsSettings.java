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
  private static final TlsSettings SYSTEM = new TlsSettings(null, null, null, Mode.VERIFIED);
  private static final TlsSettings INSECURE = new TlsSettings(null, null, null, Mode.INSECURE);

  private enum Mode {
    /** By authorities, and by the judge where there is one. */
    VERIFIED,
    /** By the judge alone. */
    JUDGED,
    INSECURE
  }

  private final @Nullable KeyStore trust;
  private final @Nullable KeyManagerFactory identity;
  private final @Nullable CertificateJudge judge;
  private final Mode mode;

  private TlsSettings(
      @Nullable KeyStore trust,
      @Nullable KeyManagerFactory identity,
      @Nullable CertificateJudge judge,
      Mode mode) {
    this.trust = trust;
    this.identity = identity;
    this.judge = judge;
    this.mode = mode;
  }

  /** The Java platform's own certificate authorities. */
  public static TlsSettings systemTrust() {
    return SYSTEM;
  }

  /** The certificates in {@code trust}, and no others. */
  public static TlsSettings trustStore(KeyStore trust) {
    return new TlsSettings(Objects.requireNonNull(trust), null, null, Mode.VERIFIED);
  }

  /** The certificates that {@code judge} accepts, and no others. */
  public static TlsSettings judgedBy(CertificateJudge judge) {
    return new TlsSettings(null, null, Objects.requireNonNull(judge), Mode.JUDGED);
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
    return new TlsSettings(trust, Objects.requireNonNull(certificate), judge, mode);
  }

  /**
   * The same trust, and that in certificates that {@code other} accepts. One that is trusted anyway
   * is not shown to it.
   */
  public TlsSettings withJudge(CertificateJudge other) {
    return new TlsSettings(trust, identity, Objects.requireNonNull(other), mode);
  }

  boolean isInsecure() {
    return mode == Mode.INSECURE;
  }

  /** Whether the judge alone decides. */
  boolean isJudged() {
    return mode == Mode.JUDGED;
  }

  @Nullable CertificateJudge judge() {
    return judge;
  }

  @Nullable KeyStore trust() {
    return trust;
  }

  @Nullable KeyManagerFactory identity() {
    return identity;
  }
}
