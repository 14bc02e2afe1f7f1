package dev.photofinish.rtsp.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of media, as descriptions and answers give them. */
class KeyAgreementTest {
  private static final String KEY = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
  private static final String OTHER_KEY = "QUJjZGVmMTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5";
  private static final String MIKEY =
      "a=key-mgmt:mikey AQAFAHojKV4BAACVjCMnAAAAAAsA6/mdTLBeokwKEGwcAuPrxj6/enyb+A2+rNcBAAAAFQABAQEB"
          + "EAIBAQMBCgcBAQgBAQoBAQAAACIAIAAeX8XvOCzIMh0JTOWivWLxEflTUSp1fjj2i8xG7D9DAA==";

  private final KeyAgreement agreement =
      new KeyAgreement(
          new LocalSource(0x11223344, () -> Instant.parse("2026-01-01T00:00:00Z")), new Random(5));

  private Optional<MediaKeys> keys(String protocol, String... attributes) throws Exception {
    return ofSession("", protocol, attributes);
  }

  private Optional<MediaKeys> ofSession(String session, String protocol, String... attributes)
      throws Exception {
    var sdp =
        SessionDescription.parse(
            session + "\nm=video 0 " + protocol + " 96\n" + String.join("\n", attributes));
    return agreement.of(sdp, sdp.media().get(0));
  }

  private static String crypto(String suite, String key) {
    return "a=crypto:1 " + suite + " inline:" + key;
  }

  // ---- Which media are encrypted

  @Test
  void mediaInTheClearHasNoKeys() throws Exception {
    assertThat(keys("RTP/AVP")).isEmpty();
    assertThat(ofSession(MIKEY, "RTP/AVP")).isEmpty();
  }

  /** UniFi Protect gives keys to media that it calls {@code RTP/AVP}. */
  @Test
  void keysCountUnderAnyProfile() throws Exception {
    MediaKeys keys = keys("RTP/AVP", crypto("AES_CM_128_HMAC_SHA1_80", KEY)).orElseThrow();
    assertThat(keys.promised()).isFalse();
    assertThat(keys("RTP/SAVPF", MIKEY).orElseThrow().promised()).isTrue();
  }

  // ---- SDES

  @Test
  void aKeyOfSdes() throws Exception {
    MediaKeys keys =
        keys("RTP/SAVP", crypto("AES_CM_128_HMAC_SHA1_80", KEY) + "|2^20|258:4").orElseThrow();
    MasterKey key = keys.incoming().get(0);
    assertThat(key.suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    assertThat(key.joined()).isEqualTo(Base64.getDecoder().decode(KEY));
    assertThat(key.key()).isEqualTo(Arrays.copyOf(key.joined(), 16));
    assertThat(key.salt()).isEqualTo(Arrays.copyOfRange(key.joined(), 16, 30));
    assertThat(key.mki()).isEqualTo(new byte[] {0, 0, 1, 2});
    assertThat(keys.outgoing()).isEqualTo(key);
    assertThat(keys.offer()).isEmpty();
  }

  @Test
  void ofSeveralLinesThoseThatCanBeUsedCountTheStrongestFirst() throws Exception {
    MediaKeys keys =
        keys(
                "RTP/SAVP",
                crypto("F8_128_HMAC_SHA1_80", KEY),
                crypto("AES_CM_128_HMAC_SHA1_32", KEY),
                crypto("AES_CM_128_HMAC_SHA1_80", OTHER_KEY),
                crypto("AEAD_AES_128_GCM", KEY)) // too long for it
            .orElseThrow();
    assertThat(keys.incoming())
        .extracting(MasterKey::suite)
        .containsExactly(CryptoSuite.AES_CM_128_HMAC_SHA1_80, CryptoSuite.AES_CM_128_HMAC_SHA1_32);
    assertThat(keys.outgoing().suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
  }

  @Test
  void aLineMayHaveSeveralKeys() throws Exception {
    String line = crypto("AES_CM_128_HMAC_SHA1_80", KEY) + "|1:1;inline:" + OTHER_KEY + "|2:1";
    assertThat(keys("RTP/SAVP", line).orElseThrow().incoming())
        .extracting(key -> key.mki()[0])
        .containsExactly((byte) 1, (byte) 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSH=128", "kdr=0", "UNENCRYPTED_SRTCP", "-ANY=1", "WSH=64  -X"})
  void parametersThatChangeNothingAreLetPass(String parameter) throws Exception {
    assertThat(keys("RTP/SAVP", crypto("AES_CM_128_HMAC_SHA1_80", KEY) + " " + parameter))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "1 F8_128_HMAC_SHA1_80 inline:KEY, F8_128_HMAC_SHA1_80",
    "1 AES_CM_128_HMAC_SHA1_80, 2 words",
    "1 AES_CM_128_HMAC_SHA1_80 uri:KEY, inline:",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY?, base 64",
    "1 AES_256_CM_HMAC_SHA1_80 inline:KEY, 46 for AES_256_CM_HMAC_SHA1_80",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:0, MKI:length",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|256:1, MKI:length",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:129, MKI:length",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|-1:8, MKI:length",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP, UNENCRYPTED_SRTP",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNAUTHENTICATED_SRTP, UNAUTHENTICATED_SRTP",
    "1 AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=3, KDR=3",
  })
  void linesThatCannotBeUsedSayWhyWithoutTheKey(String line, String why) {
    assertThatThrownBy(() -> keys("RTP/SAVP", "a=crypto:" + line.replace("KEY", KEY)))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY.substring(0, 6)));
  }

  @Test
  void keysOfALineAreBounded() {
    String line = crypto("AES_CM_128_HMAC_SHA1_80", KEY) + (";inline:" + KEY).repeat(9000);
    assertThatThrownBy(() -> keys("RTP/SAVP", line)).hasMessageContaining("8 keys at most");
  }

  // ---- MIKEY

  @Test
  void aKeyOfMikeyIsOfferedAsOurs() throws Exception {
    MediaKeys keys = keys("RTP/SAVP", MIKEY).orElseThrow();
    assertThat(keys.incoming()).containsExactly(keys.outgoing());
    assertThat(keys.rollovers()).containsEntry(0x958c2327, 0L);
    MikeyKeys offer = MikeyKeys.of(keys.offer().orElseThrow());
    assertThat(offer.keys()).containsExactly(keys.outgoing());
    assertThat(offer.rollovers()).containsOnlyKeys(0x11223344);
    assertThat(offer.timestamp()).isEqualTo(0xebf99d4cb05ea24cL);
  }

  @Test
  void aKeyOfTheSessionIsThatOfItsMedia() throws Exception {
    assertThat(ofSession(MIKEY, "RTP/SAVP").orElseThrow().rollovers()).containsKey(0x958c2327);
  }

  @Test
  void mediaWithoutKeyIsOfferedOneOfOurs() throws Exception {
    MediaKeys keys = keys("RTP/SAVP").orElseThrow();
    MikeyKeys offer = MikeyKeys.of(keys.offer().orElseThrow());
    assertThat(offer.keys()).isEqualTo(keys.incoming());
    assertThat(offer.timestamp() >>> 32).isEqualTo(3_976_214_400L); // seconds from 1900 to 2026
    assertThat(keys("RTP/SAVP").orElseThrow().outgoing()).isNotEqualTo(keys.outgoing());
  }

  @Test
  void keysOfTheAnswerComeFirst() throws Exception {
    MediaKeys keys = keys("RTP/SAVP").orElseThrow();
    String answer = KeyMgmtHeader.mikey("rtsp://h/1", MIKEY.substring(17)).value();
    MediaKeys answered = keys.answered(Optional.of(answer));
    assertThat(answered.incoming()).hasSize(2).endsWith(keys.outgoing());
    assertThat(answered.rollovers()).containsKey(0x958c2327);
    assertThat(keys.answered(Optional.empty())).isEqualTo(keys);
    assertThatThrownBy(() -> keys.answered(Optional.of("prot=other;data=\"AQAF\"")))
        .isInstanceOf(RtspFormatException.class);
  }

  // ---- Nothing is shown

  @Test
  void keysAreNeverShown() throws Exception {
    var sdp =
        SessionDescription.parse(
            "m=video 0 RTP/SAVP 96\n" + crypto("AES_CM_128_HMAC_SHA1_80", KEY) + "\n" + MIKEY);
    assertThat(sdp.toString()).doesNotContain(KEY.substring(0, 6)).doesNotContain("AQAF");
    assertThat(agreement.of(sdp, sdp.media().get(0)).orElseThrow().incoming())
        .hasToString("[AES_CM_128_HMAC_SHA1_80 key]");
    assertThat(new RtspFormatException("SDP", sdp.media().get(0).attributes() + MIKEY, "x"))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("AQAF"));
  }
}
