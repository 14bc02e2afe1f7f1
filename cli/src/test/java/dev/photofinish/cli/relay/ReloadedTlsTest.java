package dev.photofinish.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate that is renewed while it is served. */
class ReloadedTlsTest {
  @TempDir private Path folder;
  private Path certificate = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void write() throws Exception {
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    write("CN=first");
  }

  private void write(String name) throws Exception {
    write(made(name, Algorithm.ecp256));
  }

  private static X509Bundle made(String name, Algorithm algorithm) throws Exception {
    return new CertificateBuilder()
        .subject(name)
        .algorithm(algorithm)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private void write(X509Bundle made) throws Exception {
    Files.writeString(certificate, made.getCertificatePathPEM());
    Files.writeString(key, made.getPrivateKeyPEM());
  }

  /** The name in the certificate that a client is shown. */
  private static String shown(SslContext context) throws Exception {
    SSLEngine server = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
    SSLEngine client =
        SslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .build()
            .newEngine(UnpooledByteBufAllocator.DEFAULT);
    server.setUseClientMode(false);
    client.beginHandshake();
    server.beginHandshake();
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    for (int turn = 0; turn < 20; turn++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
    X509Certificate first = (X509Certificate) client.getSession().getPeerCertificates()[0];
    return first.getSubjectX500Principal().getName();
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
    ByteBuffer none = ByteBuffer.allocate(1 << 16);
    in.flip();
    engine.unwrap(in, none);
    in.compact();
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
    engine.wrap(ByteBuffer.allocate(0), out);
  }

  /** A file counts at the second look that finds it the same. */
  private static void lookTwice(ReloadedTls tls) {
    tls.look(false, Instant.now());
    tls.look(false, Instant.now());
  }

  @Test
  void aCertificateThatWasWrittenIsShownFromThenOn() throws Exception {
    ReloadedTls tls = new ReloadedTls(certificate, key);
    assertThat(shown(tls)).isEqualTo("CN=first");
    write("CN=second and longer");
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=second and longer");
  }

  @Test
  void filesThatAreWrongChangeNothing() throws Exception {
    ReloadedTls tls = new ReloadedTls(certificate, key);
    Files.writeString(certificate, "no certificate");
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=first");
    Files.delete(key);
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=first");
    write("CN=third");
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=third");
  }

  /** A renewal writes two files, and may be between them for longer than two looks. */
  @ParameterizedTest
  @EnumSource(names = {"ecp256", "rsa2048"})
  void aCertificateWhoseKeyIsNotThereYetIsNotShown(Algorithm algorithm) throws Exception {
    ReloadedTls tls = new ReloadedTls(certificate, key);
    X509Bundle second = made("CN=second", algorithm);
    Files.writeString(certificate, second.getCertificatePathPEM());
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=first");
    Files.writeString(key, second.getPrivateKeyPEM());
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=second");
    Files.writeString(key, made("CN=third", algorithm).getPrivateKeyPEM());
    lookTwice(tls);
    assertThat(shown(tls)).isEqualTo("CN=second");
  }

  @Test
  void aKeyOfAnotherKindServesToo() throws Exception {
    write(made("CN=edwards", Algorithm.ed25519));
    assertThat(shown(new ReloadedTls(certificate, key))).isEqualTo("CN=edwards");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefusedAtTheStart() throws Exception {
    Files.writeString(key, made("CN=other", Algorithm.ecp256).getPrivateKeyPEM());
    assertThatThrownBy(() -> ServerTls.of(certificate, key, null, null))
        .hasMessage(
            "--certificate, --key: %s is not the key of %s; expected PEM files of one pair",
            key, certificate);
  }
}
