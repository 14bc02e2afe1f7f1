package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.rtsp.RtspServer;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show each other their certificates. */
class FleetTlsTest {
  @TempDir private Path folder;

  @Test
  void nodesTalkAndReadFromEachOtherOverMutualTls() throws Exception {
    X509Bundle authority = authority(CertificateBuilder::rsa2048);
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        TestFleet fleet = new TestFleet()) {
      for (int i = 1; i <= 2; i++) {
        FleetTls tls = files("node" + i, authority);
        fleet.start(options -> options.withListen(options.listen(), tls));
      }
      fleet.awaitAll();
      fleet.nodes().get(0).node().feed(Map.of("door", FleetCamera.of("door", camera.url())));
      TestFleet.Node holder = fleet.awaitHolder("door");
      TestFleet.Node other = fleet.nodes().get(fleet.nodes().indexOf(holder) == 0 ? 1 : 0);
      TestFleet.await(() -> other.node().view().holder("door").isPresent());
      assertThat(other.node().view().holder("door"))
          .hasValueSatisfying(held -> assertThat(held.node().rtsp()).startsWith("rtsps://"));
      TestViewer viewer = TestViewer.of(other.node(), "door");
      viewer.awaitFrames(5);
      assertThat(viewer.ended()).isEmpty();
    }
  }

  /** What a node shows to those who read from it, and not what it was started with. */
  @Test
  void nodesReadFromEachOtherByCertificatesThatWereRenewed() throws Exception {
    X509Bundle authority = authority(CertificateBuilder::ecp256);
    FleetTls tls = files("node", authority);
    Pulling pulling = Pulling.of(tls, "127.0.0.1");
    try (Relay relay = Relay.start();
        RtspServer server =
            pulling.server(name -> Optional.empty(), InetAddress.getLoopbackAddress(), relay)) {
      X509Bundle renewed = named().buildIssuedBy(authority);
      Files.writeString(tls.certificate(), renewed.getCertificatePEM());
      Files.writeString(tls.key(), renewed.getPrivateKeyPEM());
      for (Path file : List.of(tls.certificate(), tls.key())) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
      }
      pulling.look();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          tls.identity().getKeyManagers(),
          InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
          null);
      try (SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(server.address().getAddress(), server.address().getPort())) {
        socket.setSoTimeout((int) TestFleet.BOUND.toMillis());
        socket.startHandshake();
        assertThat(socket.getSession().getPeerCertificates())
            .containsExactly(renewed.getCertificate());
      }
    }
  }

  @Test
  void filesThatDoNotFitAreRefusedAtTheStart() throws Exception {
    FleetTls good = files("good", authority(CertificateBuilder::ecp256));
    good.check("127.0.0.1");
    FleetTls other = files("other", authority(CertificateBuilder::ecp256));
    Path signer = Files.copy(good.authority(), folder.resolve("signer.pem"));
    FleetTls first = files("first", authority(CertificateBuilder::ecp256));
    Path none = folder.resolve("none.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "certificate");
    refused(new FleetTls(none, good.key(), good.authority()), "certificate", none);
    refused(new FleetTls(text, good.key(), good.authority()), "certificate", text);
    refused(new FleetTls(good.certificate(), none, good.authority()), "key", none);
    refused(new FleetTls(good.certificate(), text, good.authority()), "key", text);
    refused(new FleetTls(other.certificate(), good.key(), signer), "key", good.key());
    refused(new FleetTls(first.certificate(), first.key(), none), "authority", none);
    refused(new FleetTls(first.certificate(), first.key(), signer), "certificate", "has signed");
    X509Bundle signing = authority(CertificateBuilder::ecp256);
    Instant past = Instant.now().minus(Duration.ofDays(2));
    X509Bundle old =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=fleet")
            .notBefore(past)
            .notAfter(past.plus(Duration.ofDays(1)))
            .buildIssuedBy(signing);
    refused(written("old", old, signing), "certificate", "valid now");
    X509Bundle curve = new CertificateBuilder().ecp256().subject("CN=fleet").buildIssuedBy(signing);
    refused(written("curve", curve, signing), "key", "RSA");
  }

  /** Others would reach it, and read nothing from it. */
  @Test
  void aCertificateIsForTheHostThatOthersReachTheNodeBy() throws Exception {
    X509Bundle signing = authority(CertificateBuilder::ecp256);
    CertificateBuilder named =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=common.example")
            .addSanDnsName("node1.example")
            .addSanDnsName("192.0.2.9")
            .addSanIpAddress("192.0.2.1")
            .addSanIpAddress("2001:db8::1");
    FleetTls files = written("named", named.buildIssuedBy(signing), signing);
    for (String host : List.of("node1.example", "NODE1.example", "192.0.2.1", "2001:db8:0::1")) {
      files.check(host);
    }
    for (String host :
        List.of("node2.example", "a.node1.example", "192.0.2.9", "2001:db8::2", "common.example")) {
      assertThatThrownBy(() -> files.check(host))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("certificate: '" + files.certificate())
          .hasMessageEndingWith(
              "expected one that has " + host + " among its subject alternative names");
    }
  }

  @Test
  void aStarIsForOneLabel() {
    assertThat(CertificateNames.matches("*.fleet.example", "a.Fleet.example")).isTrue();
    for (String host : List.of("fleet.example", "a.b.fleet.example", ".fleet.example", "a.fleet")) {
      assertThat(CertificateNames.matches("*.fleet.example", host)).as(host).isFalse();
    }
  }

  /** As it has to be before it ends: nodes run for longer than certificates are valid. */
  @Test
  void aCertificateThatIsRenewedIsShownFromThenOn() throws Exception {
    X509Bundle authority = authority(CertificateBuilder::ecp256);
    FleetTls tls = files("node", authority);
    NodeIdentity identity = new NodeIdentity(tls, "127.0.0.1");
    KeyManagerFactory factory = identity.factory();
    X509ExtendedKeyManager shown = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    X509Certificate first = chain(shown)[0];
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));

    X509Bundle renewed = named().buildIssuedBy(authority);
    Files.writeString(tls.certificate(), renewed.getCertificatePEM());
    Files.setLastModifiedTime(tls.certificate(), later);
    identity.look(Instant.now());
    assertThat(chain(shown)[0]).as("its key is not there yet").isEqualTo(first);
    Files.writeString(tls.key(), renewed.getPrivateKeyPEM());
    identity.look(Instant.now());
    assertThat(chain(shown)).containsExactly(renewed.getCertificate());
    assertThat(shown.getPrivateKey(FleetTls.ALIAS)).isEqualTo(renewed.getKeyPair().getPrivate());

    Files.delete(tls.key());
    identity.look(Instant.now());
    assertThat(chain(shown)).containsExactly(renewed.getCertificate());
  }

  private static X509Certificate[] chain(X509ExtendedKeyManager shown) {
    return Objects.requireNonNull(shown.getCertificateChain(FleetTls.ALIAS));
  }

  private static void refused(FleetTls files, String option, Object said) {
    assertThatThrownBy(() -> files.check("127.0.0.1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(option + ": ")
        .hasMessageContaining(said.toString());
  }

  private static X509Bundle authority(UnaryOperator<CertificateBuilder> kind) throws Exception {
    return kind.apply(new CertificateBuilder())
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private FleetTls files(String name, X509Bundle authority) throws Exception {
    return written(name, named().buildIssuedBy(authority), authority);
  }

  private static CertificateBuilder named() {
    return new CertificateBuilder().rsa2048().subject("CN=fleet").addSanIpAddress("127.0.0.1");
  }

  private FleetTls written(String name, X509Bundle node, X509Bundle authority) throws Exception {
    return new FleetTls(
        Files.writeString(folder.resolve(name + ".pem"), node.getCertificatePEM()),
        Files.writeString(folder.resolve(name + ".key"), node.getPrivateKeyPEM()),
        Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM()));
  }
}
