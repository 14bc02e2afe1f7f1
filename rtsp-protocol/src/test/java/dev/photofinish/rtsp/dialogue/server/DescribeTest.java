package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionDescription;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESCRIBE (RFC 2326 section 10.2). */
class DescribeTest {
  private final ServerScript script = new ServerScript();

  @ParameterizedTest
  @ValueSource(strings = {URL, URL + "/", URL + "?quality=high", URL + "/trackID=1"})
  void aStreamIsDescribedBelowItsOwnUrl(String uri) throws RtspFormatException {
    RtspResponse answer = script.ask("DESCRIBE", uri, "Accept", "application/sdp");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/sdp");
    assertThat(header(answer, "Content-Base")).isEqualTo(URL + "/");
    assertThat(SessionDescription.parse(answer.body().text()).media()).hasSize(2);
    assertThat(script.said()).containsExactly("describe cam");
  }

  @Test
  void aServerOfIpv6SaysSo() {
    RtspResponse answer = script.ask("DESCRIBE", "rtsp://[2001:db8::9]/cam");
    assertThat(answer.body().text()).contains("c=IN IP6 ::\r\n");
  }

  /** Each DESCRIBE asks: what a camera sends may have changed. */
  @Test
  void isAskedEachTime() {
    script.ask("DESCRIBE", URL);
    script.ask("DESCRIBE", URL);
    assertThat(script.said()).containsExactly("describe cam", "describe cam");
  }

  @Test
  void aNameThatIsUnknown() {
    RtspResponse answer = script.ask("DESCRIBE", "rtsp://192.0.2.9/nobody");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.reason()).isEqualTo("no such camera");
  }

  @Test
  void aStreamThatCannotBeHadNow() {
    script.refusing(ServedStream.class, new Refusal(503, "", Duration.ofMillis(2500)));
    RtspResponse answer = script.ask("DESCRIBE", URL);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.reason()).isEqualTo("Service Unavailable");
    assertThat(header(answer, "Retry-After")).isEqualTo("2");
  }

  /** A driver may hand on what a camera said. */
  @Test
  void aReasonIsEscaped() {
    script.refusing(ServedStream.class, new Refusal(502, "said \r\nX: y\u001b[1m"));
    RtspResponse answer = script.ask("DESCRIBE", URL);
    assertThat(answer.reason()).isEqualTo("said \\r\\nX: y\\x1b[1m");
  }

  @Test
  void aStreamThatIsNotThereInTime() {
    script.waiting().send("DESCRIBE", URL);
    script.pass(14_999);
    assertThat(script.statuses()).isEmpty();
    script.pass(1);
    assertThat(script.statuses()).containsExactly(504);
    assertThat(script.said()).containsExactly("describe cam", "cancel");
  }

  /** An answer to a ticket that is over, or of another kind, is ignored. */
  @Test
  void anAnswerTooLate() {
    script.waiting().send("DESCRIBE", URL).pass(15_000);
    long late = script.cancelled();
    script.tell(new ServerEvent.Described(late, ServerScript.CAM));
    script.tell(new ServerEvent.DescribeRefused(late, new Refusal(404, "")));
    script.send("DESCRIBE", URL);
    script.tell(new ServerEvent.Described(late, ServerScript.CAM));
    script.tell(new ServerEvent.PlayRefused(script.ticket(), new Refusal(404, "")));
    assertThat(script.statuses()).containsExactly(504);
    script.reply(new ServerEvent.Described(script.ticket(), ServerScript.CAM));
    assertThat(script.statuses()).containsExactly(504, 200);
  }
}
