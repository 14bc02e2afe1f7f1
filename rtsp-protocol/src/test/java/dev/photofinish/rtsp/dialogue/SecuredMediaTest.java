package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Script.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtsp.key.CryptoSuite;
import dev.photofinish.rtsp.key.MasterKey;
import dev.photofinish.rtsp.key.MediaKeys;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.Pair;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Media that a camera encrypts: what SETUP asks for, and the keys of the tracks. */
class SecuredMediaTest {
  private static final String KEY = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
  private static final String SDES = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "\n";
  private static final String UNKNOWN = "a=crypto:1 F8_128_HMAC_SHA1_80 inline:" + KEY + "\n";

  /** By GStreamer's RTSP server. */
  private static final String MIKEY =
      "AQAFAHojKV4BAACVjCMnAAAAAAsA6/mdTLBeokwKEGwcAuPrxj6/enyb+A2+rNcBAAAAFQABAQEB"
          + "EAIBAQMBCgcBAQgBAQoBAQAAACIAIAAeX8XvOCzIMh0JTOWivWLxEflTUSp1fjj2i8xG7D9DAA==";

  private static final String KEY_MGMT = "a=key-mgmt:mikey " + MIKEY + "\n";

  private static String media(String type, String protocol, String attributes) {
    return "m="
        + type
        + " 0 "
        + protocol
        + " 96\na=rtpmap:96 X/90000\na=control:"
        + type
        + "\n"
        + attributes;
  }

  private static Script described(String sdp) {
    return described(Script.by(TransportPlan.interleaved()), sdp);
  }

  private static Script described(Script script, String sdp) {
    script.tell(new DialogueEvent.Connected()).tell(new DialogueEvent.Selected());
    return script.expect("DESCRIBE", URL).describe(sdp);
  }

  private static Script setUp(Script script, String type, String... answer) {
    script.expect("SETUP", URL + "/" + type);
    return answer.length == 0 ? script.answer(200, "Session", "abc") : script.answer(200, answer);
  }

  private static MediaKeys keys(Script script) {
    List<Track> tracks = script.expectPrepared();
    assertThat(tracks).hasSize(1);
    return tracks.get(0).keys().orElseThrow();
  }

  // ---- SDES

  @ParameterizedTest
  @EnumSource
  void eachSuiteOfSdesIsTaken(CryptoSuite suite) {
    String key =
        Base64.getEncoder().encodeToString(new byte[suite.keyLength() + suite.saltLength()]);
    String crypto = "a=crypto:1 " + suite + " inline:" + key + "|2^31\n";
    Script script = described(media("video", "RTP/SAVP", crypto));
    script
        .expect("SETUP", URL + "/video")
        .expectHeader("Transport", "RTP/SAVP/TCP;unicast;interleaved=0-1")
        .expectHeader("KeyMgmt", null)
        .answer(200, "Session", "abc", "Transport", "RTP/SAVP/TCP;unicast;interleaved=0-1");
    assertThat(keys(script).incoming()).extracting(MasterKey::suite).containsExactly(suite);
  }

  @Test
  void overUdpTheProfileIsTheDescriptions() {
    Script script = described(Script.by(TransportPlan.udp()), media("video", "RTP/SAVPF", SDES));
    script.expect(new DialogueCommand.OpenPorts(0));
    script.tell(new DialogueEvent.PortsOpened(new Pair(5000, 5001)));
    script
        .expect("SETUP", URL + "/video")
        .expectHeader("Transport", "RTP/SAVPF;unicast;client_port=5000-5001")
        .answer(200, "Session", "abc", "Transport", "RTP/SAVPF/UDP;unicast;client_port=5000-5001");
    assertThat(script.expectPrepared().get(0).transport()).isInstanceOf(TrackTransport.Udp.class);
  }

  /** UniFi Protect gives keys to media that it calls {@code RTP/AVP}. */
  @Test
  void mediaThatIsNotCalledEncryptedIsAskedForAsItIsCalled() {
    Script script = described(media("video", "RTP/AVP", SDES));
    script
        .expect("SETUP", URL + "/video")
        .expectHeader("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")
        .answer(200, "Session", "abc");
    assertThat(keys(script).promised()).isFalse();
  }

  // ---- MIKEY

  @Test
  void aKeyOfMikeyIsOfferedInSetup() throws Exception {
    Script script = described(media("video", "RTP/SAVP", KEY_MGMT));
    script.expect("SETUP", URL + "/video");
    KeyMgmtHeader offer =
        KeyMgmtHeader.parse(script.request().headers().first("KeyMgmt").orElseThrow());
    assertThat(offer.uri()).hasValue(URL + "/video");
    byte[] message = Base64.getDecoder().decode(offer.data());
    // RFC 3830 section 6.1: the map of one session has its policy, its SSRC and its ROC.
    assertThat(ByteBuffer.wrap(message).getInt(11)).isEqualTo(Script.SSRC);
    assertThat(script.request().toString()).doesNotContain(offer.data().substring(0, 8));
    script.answer(200, "Session", "abc");
    assertThat(keys(script).rollovers()).containsKey(0x958c2327);
  }

  @Test
  void aKeyOfTheSessionIsThatOfAllItsMedia() {
    String sdp = KEY_MGMT + media("video", "RTP/SAVP", "") + media("audio", "RTP/SAVP", "");
    Script script = described(sdp);
    setUp(script, "video");
    setUp(script, "audio");
    List<Track> tracks = script.expectPrepared();
    assertThat(tracks).extracting(Track::keys).doesNotContain(Optional.empty());
    MasterKey video = tracks.get(0).keys().orElseThrow().outgoing();
    assertThat(tracks.get(1).keys().orElseThrow().outgoing()).isEqualTo(video);
  }

  @Test
  void theKeyOfTheAnswerComesBeforeOurs() {
    Script script = described(media("video", "RTP/SAVP", ""));
    setUp(script, "video", "Session", "abc", "KeyMgmt", KeyMgmtHeader.mikey(URL, MIKEY).value());
    MediaKeys keys = keys(script);
    assertThat(keys.incoming()).hasSize(2).endsWith(keys.outgoing());
  }

  @Test
  void keysAreOfferedInSetupsThatAreSentAheadToo() {
    String sdp = media("video", "RTP/SAVP", KEY_MGMT) + media("audio", "RTP/SAVP", KEY_MGMT);
    KnownDevice pipelines = new KnownDevice(Set.of(), Set.of(Trait.PIPELINES));
    Script script = described(Script.knowing(null, pipelines), sdp);
    setUp(script, "video");
    script.expect("SETUP", URL + "/audio");
    assertThat(script.request().headers().first("KeyMgmt")).isPresent();
    assertThat(script.request().headers().first("Transport"))
        .hasValue("RTP/SAVP/TCP;unicast;interleaved=2-3");
  }

  // ---- Keys that are of no use

  @Test
  void mediaWithAnUnknownSuiteIsLeftOutWhereOthersPlay() {
    Script script =
        described(media("video", "RTP/SAVP", SDES) + media("audio", "RTP/SAVP", UNKNOWN));
    setUp(script, "video");
    assertThat(keys(script).incoming()).hasSize(1);
    assertThat(script.leftOut())
        .singleElement()
        .asString()
        .startsWith("audio: encrypted, and not by keys that can be used: answer to DESCRIBE")
        .contains("F8_128_HMAC_SHA1_80")
        .doesNotContain(KEY.substring(0, 8));
  }

  @Test
  void withoutAnyKeyOfUseItEndsForWantOfATransport() {
    Script script = described(media("video", "RTP/SAVP", UNKNOWN));
    assertThat(script.expectEnd(EndReason.Kind.NO_TRANSPORT).reason())
        .contains("not by keys that can be used", "a suite that is known here");
  }

  @Test
  void whereNoMediaMayBeLeftOutItEndsToo() {
    Script strict = new Script(null, KeepAliveMethod.AUTO, Set.of());
    described(strict, media("video", "RTP/SAVP", UNKNOWN) + media("audio", "RTP/AVP", ""));
    strict.expectEnd(EndReason.Kind.NO_TRANSPORT);
  }

  @Test
  void anAnswerWithAKeyOfNoUseLeavesItsMediaOut() {
    Script script = described(media("video", "RTP/SAVP", KEY_MGMT) + media("audio", "RTP/AVP", ""));
    setUp(script, "video", "Session", "abc", "KeyMgmt", "prot=mikey;data=\"AQAF\"");
    setUp(script, "audio");
    assertThat(script.expectPrepared()).hasSize(1);
    assertThat(script.leftOut()).singleElement().asString().contains("MIKEY message");
    assertThat(script.moves()).isEmpty();
  }

  /** A hostile description: the lines and keys that are looked at are bounded. */
  @Test
  void keysAreBounded() {
    String lines = (SDES.trim() + "|1:1;inline:" + KEY + "|2:1\n").repeat(5000);
    Script script = described(media("video", "RTP/SAVP", lines));
    setUp(script, "video");
    assertThat(keys(script).incoming()).hasSizeLessThanOrEqualTo(128);
  }
}
