package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateEndTest {
  private static final Instant END = Instant.parse("2030-03-01T12:00:00Z");

  private final List<String> warnings = new ArrayList<>();
  private final CertificateEnd end =
      new CertificateEnd(Path.of("relay.pem"), "players refuse it", warnings::add);

  private static X509Certificate until(Instant end) throws Exception {
    return new CertificateBuilder()
        .subject("CN=relay")
        .notBefore(Instant.parse("2029-01-01T00:00:00Z"))
        .notAfter(end)
        .setIsCertificateAuthority(true)
        .buildSelfSigned()
        .getCertificate();
  }

  private int warningsAt(X509Certificate certificate, Duration beforeEnd) {
    end.look(certificate, END.minus(beforeEnd));
    return warnings.size();
  }

  @Test
  void isSpokenOfEachDayFromTwoWeeksBefore() throws Exception {
    X509Certificate certificate = until(END);
    assertThat(warningsAt(certificate, Duration.ofDays(14).plusSeconds(1))).isZero();
    assertThat(warningsAt(certificate, Duration.ofDays(14))).isEqualTo(1);
    assertThat(warningsAt(certificate, Duration.ofDays(13).plusSeconds(1))).isEqualTo(1);
    assertThat(warningsAt(certificate, Duration.ofDays(13))).isEqualTo(2);
    assertThat(warningsAt(certificate, Duration.ofDays(-3))).isEqualTo(3);
    assertThat(warnings.get(0))
        .isEqualTo(
            "relay.pem is valid until 2030-03-01T12:00:00Z: then players refuse it; put a new"
                + " certificate and its key in the place of these files");
  }

  @Test
  void ofANewCertificateIsSpokenOfAtOnceIfItEndsSoonToo() throws Exception {
    assertThat(warningsAt(until(END), Duration.ofDays(2))).isEqualTo(1);
    assertThat(warningsAt(until(END.plus(Duration.ofDays(90))), Duration.ofDays(2))).isEqualTo(1);
    assertThat(warningsAt(until(END.plus(Duration.ofDays(1))), Duration.ofDays(2))).isEqualTo(2);
  }
}
