package dev.photofinish.relay.rtsp;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Warns of the end of a server's certificate, each day from 14 days before it: from then on clients
 * refuse the server. Not for several threads at once.
 */
public final class CertificateEnd {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration DAY = Duration.ofDays(1);

  private final Path file;
  private final String effect;
  private final Consumer<String> warnings;
  private @Nullable X509Certificate last;
  private Instant next = Instant.MIN;

  /**
   * Warns of a file's certificate.
   *
   * @param effect of the end, as the middle of a sentence
   * @param warnings where they go, each a line for a log
   */
  public CertificateEnd(Path file, String effect, Consumer<String> warnings) {
    this.file = file;
    this.effect = effect;
    this.warnings = warnings;
  }

  /** Looks at the certificate that is shown now. */
  public void look(X509Certificate shown, Instant now) {
    if (!shown.equals(last)) {
      last = shown;
      next = Instant.MIN;
    }
    Instant end = shown.getNotAfter().toInstant();
    if (now.isBefore(next) || now.plus(SOON).isBefore(end)) {
      return;
    }
    next = now.plus(DAY);
    warnings.accept(
        file
            + " is valid until "
            + end
            + ": then "
            + effect
            + "; put a new certificate and its key in the place of these files");
  }
}
