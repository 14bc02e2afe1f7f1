package dev.photofinish.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlFormatException;
import dev.photofinish.onvif.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with their tokens and digests; faults, clocks and challenges of cameras. */
final class SoapTest {

  private static XmlElement xml(String text) throws XmlFormatException {
    return XmlReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The example of the ONVIF Application Programmer's Guide, section 6.1.1.3. */
  @Test
  void theDigestOfATokenIsTheOneOfTheGuide() {
    byte[] nonce = Base64.getDecoder().decode("LKqI6G/AikKCQrN0zqZFlg==");

    assertThat(UsernameToken.digest(nonce, "2010-09-16T07:50:45Z", "userpassword"))
        .isEqualTo("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
  }

  @Test
  void aRequestIsAnEnvelopeWithItsToken() throws XmlFormatException {
    SoapRequest request = new SoapRequest("urn:service", "GetX", "<o:Y>1</o:Y>");
    String header =
        UsernameToken.header(
            new Credentials("a<b", "secret"),
            new byte[16],
            Instant.parse("2026-01-02T03:04:05Z"),
            true);

    XmlElement envelope = XmlReader.read(request.bytes(header));

    assertThat(envelope.text("Body", "GetX", "Y")).isEqualTo("1");
    XmlElement token = envelope.find("Header", "Security", "UsernameToken").orElseThrow();
    assertThat(token.text("Username")).isEqualTo("a<b");
    assertThat(token.text("Created")).isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(token.text("Nonce")).isEqualTo("AAAAAAAAAAAAAAAAAAAAAA==");
    assertThat(header).doesNotContain("secret");
    assertThat(request.contentType())
        .isEqualTo("application/soap+xml; charset=utf-8; action=\"urn:service/GetX\"");
  }

  @Test
  void credentialsDoNotShowThePassword() {
    assertThat(new Credentials("viewer", "secret")).hasToString("Credentials[user=viewer]");
  }

  @ParameterizedTest
  @CsvSource({
    "ter:NotAuthorized, Sender not Authorized, ACCESS",
    "wsse:FailedAuthentication, , ACCESS",
    "ter:Odd, The action requested requires authorization and the sender is not authorized, ACCESS",
    "wsu:MessageExpired, , TIME",
    "ter:NotAuthorized, The security timestamp is out of range, TIME",
    "ter:OperationProhibited, The account is locked, LOCKED",
    "ter:ActionNotSupported, Optional Action Not Implemented, UNSUPPORTED",
    "ter:NoProfile, Profile token does not exist, OTHER"
  })
  void aFaultMeansWhatItsWordsSay(String code, String reason, SoapFault.Kind kind)
      throws XmlFormatException {
    String words = reason == null ? "" : reason;
    XmlElement envelope =
        xml(
            "<e:Envelope><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>"
                + code
                + "</e:Value></e:Subcode></e:Code><e:Reason><e:Text>"
                + words
                + "</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>");

    SoapFault fault = SoapFault.in(envelope).orElseThrow();

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.words())
        .isEqualTo(words.isEmpty() ? "Sender/" + code.substring(code.indexOf(':') + 1) : words);
  }

  @Test
  void aFaultOfSoap11IsRead() throws XmlFormatException {
    assertThat(
            SoapFault.in(
                xml(
                    "<E><Body><Fault><faultcode>ter:NotAuthorized</faultcode>"
                        + "<faultstring>no</faultstring></Fault></Body></E>")))
        .hasValue(new SoapFault(List.of("NotAuthorized"), "no"));
    assertThat(SoapFault.in(xml("<E><Body><GetX/></Body></E>"))).isEmpty();
  }

  @Test
  void codesAreBounded() throws XmlFormatException {
    String code = "<Subcode><Value>c</Value>".repeat(20) + "</Subcode>".repeat(20);
    assertThat(
            SoapFault.in(xml("<E><Body><Fault><Code>" + code + "</Code></Fault></Body></E>"))
                .orElseThrow()
                .codes())
        .hasSize(8);
  }

  private static XmlElement clock(String year, String second) throws XmlFormatException {
    return xml(
        ("<R><SystemDateAndTime><UTCDateTime><Time><Hour>23</Hour><Minute>59</Minute>"
                + "<Second>%s</Second></Time><Date><Year>%s</Year><Month>12</Month><Day>31</Day>"
                + "</Date></UTCDateTime></SystemDateAndTime></R>")
            .formatted(second, year));
  }

  @Test
  void theClockIsRead() throws XmlFormatException {
    assertThat(CameraClock.read(clock("1999", "58")))
        .hasValue(Instant.parse("1999-12-31T23:59:58Z"));
    assertThat(CameraClock.read(clock("1999", "60")))
        .hasValue(Instant.parse("1999-12-31T23:59:59Z"));
    assertThat(CameraClock.readHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"))
        .hasValue(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @Test
  void aClockThatIsNoneIsNotKnown() throws XmlFormatException {
    assertThat(CameraClock.read(clock("x", "1"))).isEmpty();
    assertThat(CameraClock.read(clock("1999", ""))).isEmpty();
    assertThat(CameraClock.read(clock("12026", "1"))).isEmpty();
    assertThat(CameraClock.read(xml("<R/>"))).isEmpty();
    assertThat(CameraClock.readHttpDate("now")).isEmpty();
  }

  @Test
  void theOffsetIsFromTheMiddleOfTheRoundTrip() {
    Instant sent = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(CameraClock.offset(sent.plusSeconds(100), sent, sent.plusSeconds(4)))
        .isEqualTo(Duration.ofSeconds(98));
  }

  @Test
  void aDigestChallengeIsFoundAmongOthers() {
    assertThat(
            DigestChallenge.first(
                List.of(
                    "Basic realm=\"a, b\", Digest realm=\"r\\\"q\", nonce=abc , qop=\"auth-int, auth\""
                        + ",opaque = \"o\", algorithm=SHA-256, stale=TRUE")))
        .hasValue(new DigestChallenge("r\"q", "abc", "o", "SHA-256", true, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",,= =\"",
        "Basic realm=\"x\"",
        "Digest realm=\"x\"",
        "Digest nonce=\"1\", algorithm=MD5-sess",
        "Digest nonce=\"1\", qop=\"auth-int\"",
        "Digest nonce=\"\u00e4\""
      })
  void whatCannotBeAnsweredIsNoChallenge(String header) {
    assertThat(DigestChallenge.first(List.of(header))).isEmpty();
  }

  /** Values of an independent computation with Python's hashlib. */
  @Test
  void anAnswerIsThatOfTheRfcs() {
    Credentials credentials = new Credentials("Mufasa", "Circle Of Life");
    DigestChallenge old = new DigestChallenge("r", "n", "", "MD5", false, false);
    DigestChallenge current = new DigestChallenge("r", "n", "o", "SHA-256", true, false);

    assertThat(old.answer(credentials, "/p?q", 1, "c"))
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\"r\", nonce=\"n\", uri=\"/p?q\","
                + " response=\"eb83240b14cf403958d682829d59c442\", algorithm=MD5");
    assertThat(current.answer(credentials, "/p?q", 17, "c"))
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\"r\", nonce=\"n\", uri=\"/p?q\","
                + " response=\"b79d3587f1a70541c692a0f63be66138961a449aa09a48f462a2e4a2f43c108f\", algorithm=SHA-256, opaque=\"o\", qop=auth, nc=00000011,"
                + " cnonce=\"c\"");
  }
}
