package dev.photofinish.rtsp.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtsp.key.MikeyMessage.KeyData;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MIKEY as cameras send it, and as it is answered. */
class MikeyTest {
  private static final HexFormat HEX = HexFormat.of();

  /** From gst-rtsp-server, by gortsplib's tests. */
  private static final String GSTREAMER =
      "AQAFAHojKV4BAACVjCMnAAAAAAsA6/mdTLBeokwKEGwcAuPrxj6/enyb+A2+rNcBAAAAFQABAQEBEAIBAQMBCgcBAQgB"
          + "AQoBAQAAACIAIAAeX8XvOCzIMh0JTOWivWLxEflTUSp1fjj2i8xG7D9DAA==";

  private static final byte[] NONE = {};

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex.replace(" ", ""));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void gstreamersMessage() throws Exception {
    MikeyKeys keys = MikeyKeys.of(GSTREAMER);
    assertThat(keys.keys()).hasSize(1);
    MasterKey key = keys.keys().get(0);
    assertThat(key.suite()).isEqualTo(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
    assertThat(HEX.formatHex(key.key())).isEqualTo("5fc5ef382cc8321d094ce5a2bd62f111");
    assertThat(HEX.formatHex(key.salt())).isEqualTo("f953512a757e38f68bcc46ec3f43");
    assertThat(key.mki()).isEmpty();
    assertThat(keys.rollovers()).containsExactly(Map.entry(0x958c2327, 0L));
    assertThat(keys.timestamp()).isEqualTo(0xebf99d4cb05ea24cL);
  }

  /** ONVIF asks for an identifier of 32 bits, and for both lengths of the tag. */
  @Test
  void aMessageAsOnvifDescribesIt() throws Exception {
    String key = "de40b9f5 4ac2944d 1edbb50f e61fd6b7 2f542fcf 9d7f383e dadb669a 8de4";
    byte[] message =
        bytes(
            "01 00 05 00 fd6d77d0 01 00 00 c20f551c 00000007"
                + "0a 00 01d38e19cef95c3d"
                + "01 00 00 0018 000101 010110 020101 030114 070101 080101 0a0101 0b010a"
                + "00 00 0027 00 21 001e"
                + key
                + "04 0000002f 00");
    MikeyKeys keys = MikeyKeys.of(base64(message));
    assertThat(keys.keys())
        .containsExactly(
            new MasterKey(
                CryptoSuite.AES_CM_128_HMAC_SHA1_80, bytes(key), new byte[] {0, 0, 0, 0x2f}));
    assertThat(keys.rollovers()).containsExactly(Map.entry(0xc20f551c, 7L));
  }

  @Test
  void aSaltMayStandBesideItsKey() throws Exception {
    byte[] message =
        bytes(
            "01 00 01 00 00000001 00 01" // a map without entries (RFC 4563)
                + "00 00 0028 00 30 0010"
                + "000102030405060708090a0b0c0d0e0f"
                + "000e 101112131415161718191a1b1c1d"
                + "00000000"
                + "00");
    MasterKey key = MikeyKeys.of(base64(message)).keys().get(0);
    assertThat(HEX.formatHex(key.key())).isEqualTo("000102030405060708090a0b0c0d0e0f");
    assertThat(HEX.formatHex(key.salt())).isEqualTo("101112131415161718191a1b1c1d");
  }

  /** RFC 3830 section 4.1.4, for a TGK of two blocks. */
  @Test
  void keysAreDerivedFromATgk() throws Exception {
    byte[] tgk = new byte[40];
    new Random(3830).nextBytes(tgk);
    byte[] random = bytes("00112233445566778899aabbccddeeff");
    var message =
        new MikeyMessage(
            0x01020304,
            List.of(new MikeyMessage.Session(0, 1, 0)),
            0,
            Octets.of(random),
            Map.of(0, MikeyPolicy.DEFAULT),
            List.of(new KeyData(KeyData.Type.TGK, Octets.of(tgk), Octets.NONE, Octets.NONE)));
    byte[] written = message.toBytes();
    // The writer writes TEKs; a TGK has type 0.
    written[written.length - 1 - tgk.length - 3] = 0;
    MasterKey key = MikeyKeys.of(base64(written)).keys().get(0);
    byte[] label =
        ByteBuffer.allocate(25).putInt(0).put((byte) 1).putInt(0x01020304).put(random).array();
    assertThat(key.key()).isEqualTo(prf(tgk, label, 0x2AD01C64, 16));
    assertThat(key.salt()).isEqualTo(prf(tgk, label, 0x39A2C14B, 14));
  }

  /** One HMAC is as long as either: A_1 || label under each block, combined by XOR. */
  private static byte[] prf(byte[] tgk, byte[] label, int constant, int length) throws Exception {
    ByteBuffer.wrap(label).putInt(constant);
    byte[] first = p(Arrays.copyOf(tgk, 32), label);
    byte[] second = p(Arrays.copyOfRange(tgk, 32, 40), label);
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = (byte) (first[i] ^ second[i]);
    }
    return result;
  }

  private static byte[] p(byte[] secret, byte[] label) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret, "HmacSHA1"));
    mac.update(mac.doFinal(label));
    return mac.doFinal(label);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadAsTheSame(CryptoSuite suite) throws Exception {
    byte[] joined = new byte[suite.joinedLength()];
    joined[3] = 7;
    for (byte[] spi : List.of(NONE, new byte[] {1, 2})) {
      var message =
          new MikeyMessage(
              -5,
              List.of(new MikeyMessage.Session(0, -1, 0xffffffffL)),
              77,
              Octets.of(new byte[16]),
              Map.of(0, MikeyPolicy.of(suite)),
              List.of(
                  new KeyData(KeyData.Type.TEK, Octets.of(joined), Octets.NONE, Octets.of(spi))));
      MikeyMessage read = MikeyMessage.parse(message.toBytes());
      assertThat(read.toBytes()).isEqualTo(message.toBytes());
      assertThat(read.bundle()).isEqualTo(-5);
      assertThat(read.sessions()).isEqualTo(message.sessions());
      MikeyKeys keys = MikeyKeys.of(base64(message.toBytes()));
      assertThat(keys.keys()).containsExactly(new MasterKey(suite, joined, spi));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01 00 01 00 00000001 00 00 00 01 0000 00, keys under encryption 1",
    "02 00 01 00 00000001 00 00 00 00 0000 00, version 2",
    "01 02 01 00 00000001 00 00 00 00 0000 00, type 2",
    "01 00 01 00 00000001 00 02 00 00 0000 00, map of type 2",
    "01 00 03 00 00000001 00 00 00, payload of type 3",
    "01 00 01 00 00000001 00 00 00 00 0000 00, no key",
    "01 00 01 00 00000001 00 00 00 00 0005 00 20 0001 aa 00, key and salt of 1 bytes",
    "01 00 01 00 00000001 00 00 00 00 0005 00 40 0001 aa 00, key of type 4",
    "01 00 01 00 00000001 00 00 00 00 0005 00 23 0001 aa 00, key validity of type 3",
    "01 00 01 00 00000001 00 00 00 00 ffff 00, end after",
    "'', end after 0 bytes",
  })
  void whatCannotBeUsedSaysWhy(String hex, String why) {
    assertThatThrownBy(() -> MikeyKeys.of(base64(bytes(hex))))
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "0:2, AES-CM", // AES-F8
    "0:1 2:0, AES-CM", // no authentication
    "0:1 10:0, AES-CM",
    "0:1 7:0, AES-CM", // no encryption
    "0:1 6:1, AES-CM", // keys derived again and again
    "0:1 1:24, AES-CM",
    "0:1 11:8, tags of 8 bytes",
    "0:6 20:8, AES-GCM"
  })
  void policiesThatAreNotKnownAreRefused(String parameters, String why) {
    Map<Integer, Integer> values = new HashMap<>();
    for (String parameter : parameters.split(" ", -1)) {
      String[] parts = parameter.split(":", -1);
      values.put(Integer.valueOf(parts[0]), Integer.valueOf(parts[1]));
    }
    assertThatThrownBy(() -> new MikeyPolicy(values).suite())
        .isInstanceOf(RtspFormatException.class)
        .hasMessageContaining(why);
  }

  /** GStreamer writes 4 or 10 as the length of the authentication key, others 20. */
  @ParameterizedTest
  @CsvSource({
    "4, AES_CM_128_HMAC_SHA1_32",
    "10, AES_CM_128_HMAC_SHA1_80",
    "20, AES_CM_128_HMAC_SHA1_80"
  })
  void aTagsLengthMayStandWhereTheKeysBelongs(int length, CryptoSuite suite) throws Exception {
    assertThat(new MikeyPolicy(Map.of(3, length)).suite()).isEqualTo(suite);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQAF", "?", ""})
  void noErrorShowsAKey(String start) {
    String key = "X8XvOCzIMh0JTOWivWLxEflTUSp1fjj2i8xG7D9D";
    assertThatThrownBy(() -> MikeyKeys.of(start + key))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("X8XvOC"));
  }
}
