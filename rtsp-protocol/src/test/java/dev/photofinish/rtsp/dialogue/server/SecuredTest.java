package dev.photofinish.rtsp.dialogue.server;

import static dev.photofinish.rtsp.dialogue.server.ServerScript.CAM;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.TCP;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.URL;
import static dev.photofinish.rtsp.dialogue.server.ServerScript.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.key.KeyAgreement;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.SessionDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media that is described with keys (RFC 4567, RFC 4568). */
class SecuredTest {
  private static final String SAVP = "RTP/SAVP/TCP;unicast;interleaved=0-1";

  private final MediaKeys video = drawn(1);
  private final MediaKeys audio = drawn(2);
  private final ServerScript script = new ServerScript();

  private static MediaKeys drawn(long seed) {
    var local = new LocalSource(seed, () -> Instant.ofEpochSecond(1));
    return new KeyAgreement(local, new Random(seed)).drawn();
  }

  @BeforeEach
  void serve() {
    List<ServedKeys> keys = List.of(() -> video, () -> audio);
    script.serving("cam", new ServedStream(CAM.title(), CAM.media(), Optional.empty(), keys));
  }

  private RtspResponse setUp(String transport, String... headers) {
    return script.ask(
        "SETUP", URL + "/trackID=1", ServerScript.with(headers, "Transport", transport));
  }

  private TransportOffer.Secured offered() {
    return (TransportOffer.Secured) script.lastOffer();
  }

  @Test
  void bothWaysToSayAKeyAreReadByAClient() throws Exception {
    String sdp = script.ask("DESCRIBE", URL).body().text();
    SessionDescription read = SessionDescription.parse(sdp);
    MediaDescription first = read.media().get(0);
    assertThat(first.protocol()).isEqualTo("RTP/SAVP");
    var client = new KeyAgreement(new LocalSource(9, Instant::now), new Random(9));
    assertThat(client.of(read, first).orElseThrow().incoming()).isEqualTo(video.incoming());
    assertThat(client.of(read, read.media().get(1)).orElseThrow().incoming())
        .isEqualTo(audio.incoming());
    String sdes = sdp.replaceAll("a=key-mgmt.*", "a=x");
    SessionDescription byCrypto = SessionDescription.parse(sdes);
    assertThat(client.of(byCrypto, byCrypto.media().get(0)).orElseThrow().incoming())
        .isEqualTo(video.incoming());
  }

  /** FFmpeg asks for {@code RTP/AVP} where keys are described, and decrypts. */
  @ParameterizedTest
  @CsvSource({
    "RTP/SAVP/TCP;unicast;interleaved=0-1",
    "RTP/AVP/TCP;unicast;interleaved=0-1",
    "RTP/SAVP;unicast;client_port=5000-5001",
    "RTP/SAVP/UDP;unicast;client_port=5000-5001"
  })
  void everyTransportIsEncrypted(String transport) {
    script.ask("DESCRIBE", URL);
    RtspResponse answer = setUp(transport);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Transport"))
        .startsWith(transport.substring(0, transport.indexOf(';')));
    assertThat(offered().served().keys()).isSameAs(video);
    assertThat(offered().agreed()).isEqualTo(video);
  }

  @Test
  void aReaderMaySayItsOwnKey() {
    script.ask("DESCRIBE", URL);
    MediaKeys own = drawn(3);
    String said = KeyMgmtHeader.mikey(URL, own.offer().orElseThrow()).value();
    assertThat(setUp(SAVP, "KeyMgmt", said).status()).isEqualTo(200);
    assertThat(offered().agreed().incoming()).containsExactly(own.outgoing(), video.outgoing());
    assertThat(offered().agreed().outgoing()).isEqualTo(video.outgoing());
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() {
    script.ask("DESCRIBE", URL);
    assertThat(setUp(SAVP, "KeyMgmt", "prot=mikey;data=\"AAAA\"").status()).isEqualTo(463);
  }

  @Test
  void noKeyIsShown() {
    assertThat(video).hasToString("[AES_CM_128_HMAC_SHA1_80 key]");
  }

  @Test
  void whoWasToldNoKeysGetsNone() {
    assertThat(setUp(SAVP).status()).isEqualTo(461);
    assertThat(setUp(TCP).status()).isEqualTo(200);
    assertThat(script.lastOffer()).isInstanceOf(TransportOffer.Interleaved.class);
  }
}
