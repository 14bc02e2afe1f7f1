package dev.photofinish.fleet;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.rtsp.CertificateEnd;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key that a node shows to those who read from it, and that it reads from. A
 * certificate ends while nodes run for months: files that were written are read again, and count
 * for connections from then on, as those of Pekko's remoting do.
 */
final class NodeIdentity extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger(NodeIdentity.class);

  private final FleetTls files;
  private final String host;
  private volatile X509ExtendedKeyManager present;

  // Of the one thread that looks.
  private final CertificateEnd end;
  private List<FileTime> read;
  private boolean refused;

  /**
   * Reads the files.
   *
   * @param host by which other nodes reach this one
   */
  NodeIdentity(FleetTls files, String host) throws IOException, GeneralSecurityException {
    this.files = files;
    this.host = host;
    this.end =
        new CertificateEnd(
            files.certificate(),
            "other nodes read no camera from this one, and it joins none",
            LOG::warn);
    this.read = written();
    this.present = manager();
  }

  /** For those who want a factory. */
  KeyManagerFactory factory() {
    NodeIdentity self = this;
    return new SimpleKeyManagerFactory() {
      @Override
      protected void engineInit(KeyStore store, char[] password) {}

      @Override
      protected void engineInit(ManagerFactoryParameters parameters) {}

      @Override
      protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {self};
      }
    };
  }

  /** Reads files that were written since, and warns of a certificate that ends soon. */
  void look(Instant now) {
    try {
      List<FileTime> last = written();
      if (!last.equals(read)) {
        files.check(host);
        present = manager();
        read = last;
        refused = false;
        LOG.info("{} was read again, and counts from now on", files.certificate());
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      // One of two files that are being written does not fit the other yet.
      if (!refused) {
        String why = e instanceof InvalidOptionException ? e.getMessage() : e.toString();
        LOG.warn("the last certificate goes on, that of the files is tried again: {}", why);
      }
      refused = true;
    }
    end.look(present.getCertificateChain(FleetTls.ALIAS)[0], now);
  }

  private List<FileTime> written() throws IOException {
    return List.of(written(files.certificate()), written(files.key()));
  }

  private static FileTime written(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private X509ExtendedKeyManager manager() throws IOException, GeneralSecurityException {
    return (X509ExtendedKeyManager) files.identity().getKeyManagers()[0];
  }

  // ---- What a connection asks for

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return present.getPrivateKey(alias);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return present.getCertificateChain(alias);
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    return present.getClientAliases(type, issuers);
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return present.getServerAliases(type, issuers);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return present.chooseClientAlias(types, issuers, socket);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return present.chooseServerAlias(type, issuers, socket);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return present.chooseEngineClientAlias(types, issuers, engine);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return present.chooseEngineServerAlias(type, issuers, engine);
  }
}
