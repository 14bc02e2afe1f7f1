package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** {@link Knob#TLS}. */
class TlsTest {

  @Test
  void servesRtspsToWhoTrustsItsCertificate() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start();
        SSLSocket socket = connect(camera, trusting(camera.certificate().orElseThrow()));
        RawClient client = new RawClient(camera.url(), socket)) {
      assertThat(camera.url()).startsWith("rtsps://127.0.0.1:");
      assertThat(client.play().status()).isEqualTo(200);
      assertThat(client.video().at(12) & 0x1f).isEqualTo(24);
    }
  }

  @Test
  void isNotTrustedByDefault() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().tls().start()) {
      assertThatThrownBy(() -> connect(camera, SSLContext.getDefault()).close())
          .isInstanceOf(SSLHandshakeException.class);
      CameraReport report = camera.awaitConnections(0, Duration.ofSeconds(10));
      assertThat(report.events(CameraEvent.Kind.MALFORMED)).isEmpty();
    }
  }

  @Test
  void hasNoCertificateWithoutTls() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      assertThat(camera.certificate()).isEmpty();
    }
  }

  private static SSLSocket connect(SimulatedCamera camera, SSLContext context) throws Exception {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.connect(camera.address(), RawClient.BOUND_MS);
      socket.startHandshake();
      return socket;
    } catch (Exception e) {
      socket.close();
      throw e;
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("camera", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
