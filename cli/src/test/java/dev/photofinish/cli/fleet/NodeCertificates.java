package dev.photofinish.cli.fleet;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The certificates of nodes in a folder, and that of the authority that has signed them. */
public final class NodeCertificates {
  private NodeCertificates() {}

  /**
   * Writes {@code authority.pem}, and {@code node0.pem} and {@code node0.key} for the first node.
   *
   * @param addresses of the nodes
   */
  public static void write(Path folder, List<String> addresses) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
    for (int node = 0; node < addresses.size(); node++) {
      X509Bundle own =
          new CertificateBuilder()
              .rsa2048()
              .subject("CN=fleet")
              .addSanIpAddress(addresses.get(node))
              .buildIssuedBy(authority);
      Files.writeString(folder.resolve("node" + node + ".pem"), own.getCertificatePEM());
      Files.writeString(folder.resolve("node" + node + ".key"), own.getPrivateKeyPEM());
    }
  }
}
