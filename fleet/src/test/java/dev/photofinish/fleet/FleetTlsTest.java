package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show each other their certificates. */
class FleetTlsTest {
  @TempDir private Path folder;

  @Test
  void nodesTalkAndReadFromEachOtherOverMutualTls() throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
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

  private FleetTls files(String name, X509Bundle authority) throws Exception {
    X509Bundle node =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=fleet")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    return new FleetTls(
        Files.writeString(folder.resolve(name + ".pem"), node.getCertificatePEM()),
        Files.writeString(folder.resolve(name + ".key"), node.getPrivateKeyPEM()),
        Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM()));
  }
}
