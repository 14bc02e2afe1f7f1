package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how often a host is asked, and whom nobody answers. */
@Timeout(60)
class ElementCertificatesTest {
  private static final String HOST = "192.0.2.1";

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ElementCertificates certificates =
      new ElementCertificates(7, new HostWriter(channel));
  private List<X509Certificate> chain;

  @BeforeEach
  void makeCertificate() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start()) {
      chain = List.of(camera.certificate().orElseThrow());
    }
  }

  @AfterEach
  void releaseChannel() {
    channel.finishAndReleaseAll();
  }

  /** A handshake in a thread of its own. */
  private CompletableFuture<Boolean> handshake() {
    return CompletableFuture.supplyAsync(() -> certificates.accepts(HOST, chain));
  }

  /** The number of the question that comes. */
  private int question() {
    ByteBuf message = null;
    while (message == null) {
      Thread.onSpinWait();
      channel.runPendingTasks();
      message = channel.readOutbound();
    }
    try {
      return message.getInt(Wire.LENGTH + Wire.HEADER);
    } finally {
      message.release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateIsAskedAboutOnce(boolean yes) throws Exception {
    CompletableFuture<Boolean> first = handshake();
    int number = question();
    CompletableFuture<Boolean> second = handshake();
    certificates.answered(number + 1, !yes);
    certificates.answered(number, yes);
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(yes);
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(yes);
    assertThat(certificates.accepts(HOST, chain)).isEqualTo(yes);
    channel.runPendingTasks();
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void anotherHostWithTheSameCertificateIsAskedAboutToo() throws Exception {
    CompletableFuture<Boolean> first = handshake();
    certificates.answered(question(), true);
    assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Boolean> other =
        CompletableFuture.supplyAsync(() -> certificates.accepts("192.0.2.2", chain));
    certificates.answered(question(), false);
    assertThat(other.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void nobodyWaitsAfterTheEnd() throws Exception {
    CompletableFuture<Boolean> waiting = handshake();
    question();
    certificates.close();
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(certificates.accepts(HOST, chain)).isFalse();
  }
}
