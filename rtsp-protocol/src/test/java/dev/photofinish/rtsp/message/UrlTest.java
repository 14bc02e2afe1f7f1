package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs and control attributes as cameras write them. */
class UrlTest {

  /** As GStreamer writes them; what a camera is asked for has the plain scheme. */
  @ParameterizedTest
  @CsvSource({
    "rtsp://h/a, false, false, rtsp://h/a",
    "rtsps://h/a, true, false, rtsps://h/a",
    "rtsph://u:p@h/a, false, true, rtsp://h/a",
    "RTSPSH://h:443/a, true, true, rtsps://h:443/a"
  })
  void schemesAskForTlsAndHttp(String text, boolean secure, boolean overHttp, String written)
      throws RtspFormatException {
    RtspUrl url = RtspUrl.parse(text);
    assertThat(url).hasToString(written);
    assertThat(url.secure()).isEqualTo(secure);
    assertThat(url.overHttp()).isEqualTo(overHttp);
    assertThat(url.withoutCredentials().overHttp()).isEqualTo(overHttp);
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h,h,554,rtsp://h",
    "RTSPS://h/,h,322,rtsps://h/",
    "rtsp://h:8554/a b|{}?x=[1],h,8554,rtsp://h:8554/a%20b|{}?x=[1]",
    "rtsp://u:p@h:1?q,h,1,rtsp://h:1?q",
    "rtsp://u:p@ss@h/x@y,h,554,rtsp://h/x@y",
    "rtsp://[2001:db8::1]:99/a,2001:db8::1,99,rtsp://[2001:db8::1]:99/a",
    "rtsp://[fe80::1%25eth0]/a,fe80::1%eth0,554,rtsp://[fe80::1%25eth0]/a",
    "rtsp://h:/a,h,554,rtsp://h/a",
  })
  void url(String text, String host, int port, String written) throws RtspFormatException {
    RtspUrl url = RtspUrl.parse(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url).hasToString(written);
    assertThat(RtspUrl.parse(written)).isEqualTo(url.withoutCredentials());
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://u:secret@h/a,rtsp://h/a",
    "rtsp://h/x@y,rtsp://h/x@y",
    "rtsp://h/live?user=admin&password=secret&n=1,rtsp://h/live?user=admin&password=***&n=1",
    "rtsp://h/user=admin_password=secret_channel=1.sdp,rtsp://h/user=admin_password=***_channel=1.sdp",
    "rtsp://h/a|rtsp://u:secret@b/c,rtsp://h/a|rtsp://***@b/c",
  })
  void aShownUrlHasNoPassword(String text, String shown) throws RtspFormatException {
    assertThat(RtspUrl.parse(text).shown()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://u:p@h,u,p",
    "rtsp://u@h,u,''",
    "rtsp://a%40b:c%3Ad%2F%C3%A4@h,a@b,c:d/ä",
    "rtsp://u:100%@h,u,100%",
    "rtsp://u:a:b@c@h,u,a:b@c",
  })
  void credentials(String text, String user, String password) throws RtspFormatException {
    assertThat(RtspUrl.parse(text).credentials()).contains(new Credentials(user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "http://h",
        "rtsp:/h",
        "rtsp://",
        "rtsp://:554",
        "rtsp://u:secret@",
        "rtsp://h:0",
        "rtsp://h:65536",
        "rtsp://h:x",
        "rtsp://::1/",
        "rtsp://u:secret@[::1/"
      })
  void noUrlIsAnErrorWithoutCredentials(String text) {
    assertThatThrownBy(() -> RtspUrl.parse(text))
        .isInstanceOf(RtspFormatException.class)
        .message()
        .startsWith("URL: saw")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h/s,*,rtsp://h/s",
    "rtsp://h/s/,'',rtsp://h/s/",
    "rtsp://h/s,track1,rtsp://h/s/track1",
    "rtsp://h/s/,track1,rtsp://h/s/track1",
    "rtsp://h,track1,rtsp://h/track1",
    "rtsp://h/s?a=1,track1,rtsp://h/s?a=1/track1",
    "rtsp://h/s?a=1/,track1,rtsp://h/s?a=1/track1",
    "rtsp://h/user=x&stream=0.sdp/,trackID=5,rtsp://h/user=x&stream=0.sdp/trackID=5",
    "rtsp://h/s,?ctype=video,rtsp://h/s?ctype=video",
    "rtsp://h/,?ctype=video,rtsp://h/?ctype=video",
    "rtsp://h/s?a=1,?ctype=video,rtsp://h/s?ctype=video",
    "rtsp://h:8554/s,/other/t,rtsp://h:8554/other/t",
    "rtsp://h/s,rtsp://10.0.0.1:99/x,rtsp://10.0.0.1:99/x",
    "rtsp://h/s,RTSPS://u:p@10.0.0.1/x,rtsps://10.0.0.1/x",
    "rtsp://u:p@h/s,t,rtsp://h/s/t",
    "rtsp://h/s,' track 1',rtsp://h/s/track%201",
  })
  void control(String base, String control, String resolved) throws RtspFormatException {
    assertThat(RtspUrl.parse(base).resolve(control)).hasToString(resolved);
  }

  @ParameterizedTest
  @CsvSource({
    // Content-Base, Content-Location, control of the session, control of the media
    "'','','',t,rtsp://h/asked,rtsp://h/asked/t",
    "rtsp://b/x/,rtsp://l/,*,t,rtsp://b/x/,rtsp://b/x/t",
    "'',rtsp://l/y/,*,t,rtsp://l/y/,rtsp://l/y/t",
    "/p/,'','',t,rtsp://h/p/,rtsp://h/p/t",
    "10.0.0.1:554/s/,'','',t,rtsp://10.0.0.1:554/s/,rtsp://10.0.0.1:554/s/t",
    "'','',rtsp://c/agg,t,rtsp://c/agg,rtsp://c/agg/t",
    "rtsp://b/x/,'',rtsp://c/agg,t,rtsp://c/agg,rtsp://b/x/t",
    "rtsp://b/x/,'',agg,t,rtsp://b/x/agg,rtsp://b/x/t",
    ":554/,'',*,'',rtsp://h/asked,rtsp://h/asked",
    // Said twice: AlexxIT/go2rtc#208. A path: langhuihui/monibuca#58.
    "rtsp://rtsp://turret2:554/s/,'',*,t,rtsp://turret2:554/s/,rtsp://turret2:554/s/t",
    "/,'',*,t,rtsp://h/,rtsp://h/t",
    "h/s/,'',*,t,rtsp://h/s/,rtsp://h/s/t",
    "s/,'',*,t,rtsp://h/asked,rtsp://h/asked/t",
    "rtsp://2001:db8::1/s/,'',*,t,rtsp://h/asked,rtsp://h/asked/t",
    "rtsp://h:8554/s/,'',*,t,rtsp://h:8554/s/,rtsp://h:8554/s/t",
    "rtsp://h/s?camera=C_2&streamindex=2/,'',*,t,rtsp://h/s?camera=C_2&streamindex=2/,rtsp://h/s?camera=C_2&streamindex=2/t",
  })
  void presentation(
      String base, String location, String session, String media, String aggregate, String setup)
      throws RtspFormatException {
    Headers headers = Headers.of("Content-Base", base, "Content-Location", location);
    var sdp =
        SessionDescription.parse(
            "v=0\na=control:" + session + "\nm=video 0 RTP/AVP 26\na=control:" + media + "\n");

    var urls = PresentationUrls.of(RtspUrl.parse("rtsp://u:p@h/asked"), headers, sdp);

    assertThat(urls.aggregate()).hasToString(aggregate);
    assertThat(urls.media(sdp.media().get(0))).hasToString(setup);
  }

  @Test
  void aControlThatIsNoUrlIsAnError() {
    assertThatThrownBy(() -> RtspUrl.parse("rtsp://h/").resolve("rtsp://"))
        .isInstanceOf(RtspFormatException.class);
  }
}
