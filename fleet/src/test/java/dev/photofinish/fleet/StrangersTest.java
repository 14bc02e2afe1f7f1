package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Nodes that join a fleet that is not theirs: it goes on without them. */
class StrangersTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    ears.start();
    root.addAppender(ears);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(ears);
  }

  private boolean wasSaid(String words) {
    return said.stream().anyMatch(line -> line.contains(words));
  }

  /** By its own times it would dial before the others have closed their cameras. */
  @Test
  void aNodeWithOtherTimesIsRefusedAndEnds() throws Exception {
    try (TestFleet fleet = new TestFleet()) {
      TestFleet.Node first = fleet.start();
      fleet.awaitAll();
      TestFleet.Node other = fleet.start(options -> options.withStableAfter(Duration.ofSeconds(5)));
      TestFleet.await(() -> other.node().ended().toCompletableFuture().isDone());
      assertThat(wasSaid("the fleet has other times than this node")).isTrue();
      assertThat(wasSaid("split-brain-resolver.stable-after is")).isTrue();
      assertThat(other.node().isUp()).isFalse();
      assertThat(first.node().isUp()).isTrue();
      assertThat(first.node().view().reports()).containsOnlyKeys(first.node().name());
    }
  }

  @Test
  void aNodeOfAnotherAuthorityIsNotLetIn() throws Exception {
    FleetTls ours = files("ours");
    FleetTls theirs = files("theirs");
    try (TestFleet fleet = new TestFleet()) {
      TestFleet.Node first = fleet.start(options -> options.withListen(options.listen(), ours));
      fleet.awaitAll();
      TestFleet.Node other = fleet.start(options -> options.withListen(options.listen(), theirs));
      TestFleet.await(
          () -> wasSaid("PKIX path") && wasSaid("Couldn't join seed nodes after [5] attempts"));
      assertThat(other.node().isUp()).isFalse();
      assertThat(first.node().isUp()).isTrue();
      assertThat(first.node().view().reports()).containsOnlyKeys(first.node().name());
    }
  }

  private FleetTls files(String name) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle node =
        new CertificateBuilder()
            .rsa2048()
            .subject("CN=fleet")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    List<Path> files =
        List.of(
            Files.writeString(folder.resolve(name + ".pem"), node.getCertificatePEM()),
            Files.writeString(folder.resolve(name + ".key"), node.getPrivateKeyPEM()),
            Files.writeString(folder.resolve(name + "-ca.pem"), authority.getCertificatePEM()));
    return new FleetTls(files.get(0), files.get(1), files.get(2));
  }
}
