package dev.photofinish.connect.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseMapperTest {
  private static ProxyConnectException proxy(String answer) {
    return new ProxyConnectException("http, none, /127.0.0.1:1 => host:554, " + answer);
  }

  @Test
  void theSystemCallAndItsNumberAreNotShown() {
    assertThat(
            CauseMapper.detail(
                new ConnectException(
                    "finishConnect(..) failed with error(-111): Connection refused: /192.0.2.1:1")))
        .isEqualTo("Connection refused: /192.0.2.1:1");
    assertThat(
            CauseMapper.detail(new IOException("recvAddress(..) failed with error(-104): reset")))
        .isEqualTo("reset");
  }

  @Test
  void aCertificateThatIsNotValidIsNamedAsTheReason() throws Exception {
    SSLException thrown = new SSLException("no path", new CertificateException("no path"));
    assertThat(CauseMapper.detail(thrown)).isEqualTo("the certificate is not trusted: no path");
    assertThat(CauseMapper.detail(new SSLException("no cipher"))).isEqualTo("no cipher");
  }

  @Test
  void aLackOfDescriptorsSaysWhatToDo() {
    Throwable thrown =
        new ChannelException(
            "Unable to create Channel from class X",
            new IOException("newSocketStream(..) failed with error(-24): Too many open files"));
    assertThat(CauseMapper.detail(thrown)).contains("no file descriptor left", "ulimit -n");
  }

  @ParameterizedTest
  @CsvSource({
    "status: 407 Proxy Authentication Required, PROTOCOL",
    "status: 504, TIMEOUT",
    "status: 403 Forbidden, REFUSED",
    "status: 4030, REFUSED",
    "status: HOST_UNREACHABLE, UNREACHABLE",
    "status: TTL_EXPIRED, TIMEOUT",
    "disconnected, CLOSED",
    "status: 20, REFUSED",
    "something else, PROTOCOL"
  })
  void proxiesAnswersHaveTheirCauses(String answer, String cause) {
    assertThat(ProxyAnswers.cause(proxy(answer))).hasToString(cause);
  }

  @Test
  void whatAProxySaysIsEscapedAndCut() {
    String detail = CauseMapper.detail(proxy("status: 403 \u001b[2J" + "x".repeat(100_000)));
    assertThat(detail).startsWith("the proxy answered 403 \\u{1b}[2J");
    assertThat(detail.length()).isLessThan(PeerText.MAX_SHOWN + 20);
  }
}
