package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private CompletableFuture<Boolean> handshake(String host) {
    return certificates.accepts(host, chain).toCompletableFuture();
  }

  /** The number of the question that came. */
  private int question() {
    channel.runPendingTasks();
    ByteBuf message = channel.readOutbound();
    assertThat(message).isNotNull();
    try {
      return message.getInt(Wire.LENGTH + Wire.HEADER);
    } finally {
      message.release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateIsAskedAboutOnce(boolean yes) {
    CompletableFuture<Boolean> first = handshake(HOST);
    int number = question();
    CompletableFuture<Boolean> second = handshake(HOST);
    certificates.answered(number + 1, !yes);
    certificates.answered(number, yes);
    assertThat(first.join()).isEqualTo(yes);
    assertThat(second.join()).isEqualTo(yes);
    assertThat(handshake(HOST).join()).isEqualTo(yes);
    channel.runPendingTasks();
    assertThat(channel.<Object>readOutbound()).isNull();
  }

  @Test
  void anotherHostWithTheSameCertificateIsAskedAboutToo() {
    CompletableFuture<Boolean> first = handshake(HOST);
    certificates.answered(question(), true);
    assertThat(first.join()).isTrue();
    CompletableFuture<Boolean> other = handshake("192.0.2.2");
    certificates.answered(question(), false);
    assertThat(other.join()).isFalse();
  }

  @Test
  void nobodyWaitsAfterTheEnd() {
    CompletableFuture<Boolean> waiting = handshake(HOST);
    question();
    certificates.close();
    assertThat(waiting.join()).isFalse();
    assertThat(handshake(HOST).join()).isFalse();
  }
}
