package dev.photofinish.connect;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Decides about certificates that are not trusted otherwise: for a program that knows its camera's
 * own certificate, or asks its user.
 */
@FunctionalInterface
public interface CertificateJudge {
  /**
   * Whether a server is taken for who it says it is. Called on an event loop, when the handshake is
   * done: nothing is sent before the answer, which may come from any thread and at any time. The
   * race goes on meanwhile, and may end the attempt.
   *
   * @param host the name or address that was dialled
   * @param chain as the server sent it, its own certificate first; not empty
   */
  CompletionStage<Boolean> accepts(String host, List<X509Certificate> chain);
}
