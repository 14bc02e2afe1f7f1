package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of what a command serves, readers and page.
 *
 * @param fingerprint of a certificate that was made for this run; null where there is none
 */
public record ServerTls(SslContext context, @Nullable String fingerprint) {
  private static final String SELF_SIGNED = "self-signed";

  /**
   * Reads the files again if they were written, and warns of a certificate that ends soon.
   *
   * @param always whether to read them in any case
   */
  public void look(boolean always) {
    if (context instanceof ReloadedTls files) {
      files.look(always, Instant.now());
    }
  }

  /** Whether no file is meant, but a certificate that is made at the start. */
  public static boolean isSelfSigned(@Nullable Path certificate) {
    return certificate != null && certificate.toString().equals(SELF_SIGNED);
  }

  /**
   * The TLS of these options; wrong use where they do not make one.
   *
   * @param certificate with its chain, PEM; {@code self-signed} for one that is made
   * @param key of the certificate, PEM
   * @param rtsps where readers are served over TLS; null where they are not
   * @param web where the page is served over TLS; null where it is not
   */
  public static ServerTls of(
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable InetSocketAddress rtsps,
      @Nullable InetSocketAddress web)
      throws SSLException {
    if (isSelfSigned(certificate)) {
      List<InetSocketAddress> addresses = Stream.of(rtsps, web).filter(Objects::nonNull).toList();
      SelfSigned made = SelfSigned.of(addresses);
      return new ServerTls(made.tls(), made.fingerprint());
    }
    if (certificate == null || key == null) {
      throw new UsageException(
          (rtsps == null ? "--web-tls" : "--rtsps")
              + " needs a certificate; expected --certificate and --key, or"
              + " --certificate self-signed");
    }
    Stream.of(certificate, key)
        .filter(file -> !Files.isReadable(file))
        .findFirst()
        .ifPresent(
            file -> {
              throw new UsageException(
                  "--certificate, --key: "
                      + file
                      + ": there is no such file, or it may not be read");
            });
    try {
      return new ServerTls(new ReloadedTls(certificate, key), null);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--certificate, --key: " + e.getMessage() + "; expected PEM files of one pair", e);
    }
  }
}
