package dev.photofinish.rtp.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of RFC 3711, RFC 6188 and RFC 7714, and packets that libsrtp made. */
class PublishedVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] NO_MKI = new byte[0];

  /** RFC 3711 appendix B.3; libsrtp's tests use the same master key. */
  private static final String KEY = "e1f97a0d3e018be0d64fa32c06de4139";

  private static final String SALT = "0ec675ad498afeebb6960b3aabe6";

  /** RFC 6188 section 7.2. */
  private static final String KEY_256 =
      "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6";

  private static final String SALT_256 = "3b04803de51ee7c96423ab5b78d2";

  static SrtpKey key(SrtpSuite suite, byte[] mki) {
    boolean wide = suite.keyLength() == 32;
    return new SrtpKey(
        suite,
        bytes(wide ? KEY_256 : KEY),
        Arrays.copyOf(bytes(wide ? SALT_256 : SALT), suite.saltLength()),
        mki);
  }

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex);
  }

  // ---- Key derivation

  @Test
  void rfc3711AppendixB3() {
    var derivation =
        new KeyDerivation(key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, NO_MKI), KeyDerivation.RTP);
    assertThat(derivation.encryptionKey()).isEqualTo(bytes("c61e7a93744f39ee10734afe3ff7a087"));
    assertThat(derivation.salt()).isEqualTo(bytes("30cbbc08863d8c85d49db34a9ae1"));
    assertThat(derivation.authenticationKey())
        .isEqualTo(bytes("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
  }

  @Test
  void rfc6188Section7() {
    var derivation =
        new KeyDerivation(key(SrtpSuite.AES_256_CM_HMAC_SHA1_80, NO_MKI), KeyDerivation.RTP);
    assertThat(derivation.encryptionKey())
        .isEqualTo(bytes("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
    assertThat(derivation.salt()).isEqualTo(bytes("fa31791685ca444a9e07c6c64e93"));
    assertThat(derivation.authenticationKey())
        .isEqualTo(bytes("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
  }

  // ---- Ciphers

  @Test
  void rfc3711AppendixB2() {
    byte[] packet = new byte[12 + 48 + 10];
    packet[0] = (byte) 0x80;
    new CounterModeTransform(
            bytes("2b7e151628aed2a6abf7158809cf4f3c"),
            bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd"),
            new byte[20],
            10)
        .sealRtp(packet, 12, 60, 60, 0, 0);
    assertThat(Arrays.copyOfRange(packet, 12, 60))
        .isEqualTo(
            bytes(
                "e03ead0935c95e80e166b16dd92b4eb4"
                    + "d23513162b02d0f72a43a2fe4a5f97ab"
                    + "41e95b3bb0a2e8dd477901e4fca894c0"));
  }

  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f,"
        + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
        + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
        + "7aa3db36dfffd6b0f9bb7878d7a76c13"
  })
  void rfc7714Section16(String key, String secured) {
    var transform = new GcmTransform(bytes(key), bytes("517569642070726f2071756f"));
    byte[] packet =
        bytes(
            "8040f17b8041f8d35501a0b2"
                + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");
    byte[] sealed = Arrays.copyOf(packet, packet.length + 16);
    transform.sealRtp(sealed, 12, packet.length, packet.length, 0x5501a0b2, 0xf17b);
    assertThat(HEX.formatHex(sealed)).isEqualTo("8040f17b8041f8d35501a0b2" + secured);

    assertThat(transform.openRtp(sealed, 12, packet.length, packet.length, 0x5501a0b2, 0xf17b))
        .isTrue();
    assertThat(Arrays.copyOf(sealed, packet.length)).isEqualTo(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f,"
        + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
        + "c84aa45896cf4d2fc5abf87245d9eade800005d4",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
        + "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
        + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4",
    "000102030405060708090a0b0c0d0e0f," // tagged, not encrypted
        + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"
        + "841dd9683dd78ec92ae58790125f62b3000005d4"
  })
  void rfc7714Section17(String key, String secured) {
    var transform = new GcmTransform(bytes(key), bytes("517569642070726f2071756f"));
    byte[] packet = bytes("81c8000d4d617273" + secured);
    int end = packet.length - 4 - 16;
    assertThat(transform.openRtcp(packet, end, packet.length - 4, end, 0x4d617273)).isTrue();
    assertThat(HEX.formatHex(packet, 0, end))
        .isEqualTo(
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
  }

  // ---- Packets

  @ParameterizedTest
  @CsvFileSource(resources = "libsrtp-2.5.0.csv")
  void libsrtp(SrtpSuite suite, String mki, String rtp, String extended, String rtcp) {
    SrtpKey key = key(suite, mki.equals("-") ? NO_MKI : bytes(mki));
    byte[] plainRtp = bytes("800f1234decafbadcafebabe" + "ab".repeat(16));
    byte[] plainExtended = bytes("900f1235decafbadcafebabebede0001aabbccdd" + "cd".repeat(21));
    byte[] plainRtcp = bytes("81c8000bcafebabe" + "ab".repeat(16));

    var sender = new SrtpSender(key);
    assertThat(HEX.formatHex(sender.rtp(plainRtp))).isEqualTo(rtp);
    assertThat(HEX.formatHex(sender.rtp(plainExtended))).isEqualTo(extended);
    assertThat(HEX.formatHex(sender.rtcp(plainRtcp))).isEqualTo(rtcp);

    var receiver = new SrtpReceiver(List.of(key));
    for (String secured : List.of(rtp, extended)) {
      ByteBuffer packet = ByteBuffer.wrap(bytes(secured));
      byte[] plain = secured.equals(rtp) ? plainRtp : plainExtended;
      assertThat(receiver.rtp(packet)).isEqualTo(plain.length);
      assertThat(Arrays.copyOf(packet.array(), plain.length)).isEqualTo(plain);
    }
    ByteBuffer packet = ByteBuffer.wrap(bytes(rtcp));
    assertThat(receiver.rtcp(packet)).isEqualTo(plainRtcp.length);
    assertThat(Arrays.copyOf(packet.array(), plainRtcp.length)).isEqualTo(plainRtcp);
  }
}
