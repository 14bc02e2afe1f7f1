package dev.photofinish.connect;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Decides about certificates that are not trusted otherwise: for a program that knows its camera's
 * own certificate, or asks its user.
 */
@FunctionalInterface
public interface CertificateJudge {
  /**
   * Whether a server is taken for who it says it is. Called in a thread that may wait for the
   * answer; the race goes on meanwhile, and may end the attempt.
   *
   * @param host the name or address that was dialled
   * @param chain as the server sent it, its own certificate first; not empty
   */
  boolean accepts(String host, List<X509Certificate> chain);
}
