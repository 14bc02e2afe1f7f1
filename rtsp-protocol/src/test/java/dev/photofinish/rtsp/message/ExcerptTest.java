package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer sent is shown without passwords, escaped and cut. */
class ExcerptTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "see rtsp://u:pw@h/x now | see rtsp://***@h/x now",
        "rtsp:/u:pw@h/x | ***@h/x",
        "u:p@w@h | ***@h",
        "me@example.com | me@example.com",
        "12:30 o'clock | 12:30 o'clock",
        "Authorization: Basic dXNlcjpwdw== | Authorization: ***",
      })
  void usersAndTheirPasswordsAreHidden(String text, String shown) {
    assertThat(Excerpt.show(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/live?user=admin&password=secret | /live?user=admin&password=***",
        "/live?PWD=secret&channel=1 | /live?PWD=***&channel=1",
        "/user=admin_password=secret_channel=1_stream=0.sdp |"
            + " /user=admin_password=***_channel=1_stream=0.sdp",
        "/user=admin&password=a_b=c_d&channel=1 | /user=admin&password=***_b=c_d&channel=1",
        "pass=a pass=b passwd= psw=\"c\" | pass=*** pass=*** passwd= psw=\"c\"",
        "/compass=north&bypassword=x | /compass=north&bypassword=x",
        "password | password",
      })
  void passwordsInParametersOfAUrlAreHidden(String text, String shown) {
    assertThat(Excerpt.show(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://u:secret x@h:99999/",
        "http://u:secret@h/",
        "u:secret@h",
        "rtsp:/u:se cret@h",
        "rtsp://u:secret",
        "rtsp://u:secret/x",
        "  rtsps://u:secret",
      })
  void whatIsNoUrlIsShownWithoutWhatMayBeAPassword(String text) {
    assertThat(RtspUrl.show(text)).doesNotContain("secret", "cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp://h:99999/x", "http://h/", "rtsp://[::1/y", "rtsp:///x", "h:554"})
  void whatIsNoUrlAndHasNoPasswordIsShownWhole(String text) {
    assertThat(RtspUrl.show(text)).isEqualTo(text);
  }

  @Test
  void messagesAreShownEscaped() {
    RtspResponse answer = RtspResponse.of(404, "\033[2J\u202e", Headers.of("X", "\u009b"));
    RtspRequest request =
        RtspRequest.of(Method.OPTIONS, "rtsp://u:pw@h/\u202e\u0085", Headers.empty());

    assertThat(answer).hasToString("RTSP/1.0 404 \\x1b[2J\\x202e {X: \\x9b}");
    assertThat(request).hasToString("OPTIONS rtsp://***@h/\\x202e\\x85 RTSP/1.0 {}");
  }
}
