package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The knobs {@code srtp} and {@code srtp-suite}. */
class SecuredMediaTest {

  private static SimulatedCamera camera(KeyExchange exchange, SrtpCipher suite) {
    return SimulatedCamera.builder().set(Knob.SRTP, exchange).set(Knob.SRTP_SUITE, suite).start();
  }

  private static List<byte[]> keys(RawClient client, String prefix) throws Exception {
    return client
        .request("DESCRIBE")
        .body()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> Base64.getDecoder().decode(line.substring(prefix.length())))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void sdesHasAKeyOfTheSuitesLengthForEachTrack(SrtpCipher suite) throws Exception {
    try (SimulatedCamera camera = camera(KeyExchange.SDES, suite);
        RawClient client = RawClient.connect(camera);
        RawClient other = RawClient.connect(camera)) {
      String prefix = "a=crypto:1 " + suite + " inline:";
      List<byte[]> keys = keys(client, prefix);
      assertThat(keys)
          .hasSize(2)
          .allMatch(key -> key.length == suite.keyLength() + suite.saltLength());
      assertThat(keys.get(0)).isNotEqualTo(keys.get(1));
      assertThat(keys(client, prefix).get(0)).as("the connection's").isEqualTo(keys.get(0));
      assertThat(keys(other, prefix).get(0)).as("another's").isNotEqualTo(keys.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mikeyHasAMessageForEachTrack(SrtpCipher suite) throws Exception {
    try (SimulatedCamera camera = camera(KeyExchange.MIKEY, suite);
        RawClient client = RawClient.connect(camera)) {
      List<byte[]> messages = keys(client, "a=key-mgmt:mikey ");
      assertThat(messages).hasSize(2);
      // RFC 3830 section 6.1: version 1, a pre-shared key message, T next.
      assertThat(HexFormat.of().formatHex(messages.get(0))).startsWith("01000500");
    }
  }

  @Test
  void mediaIsServedAsItIsDescribedAlone() throws Exception {
    try (SimulatedCamera camera = camera(KeyExchange.SDES, SrtpCipher.AEAD_AES_128_GCM);
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.request("DESCRIBE").body())
          .contains("m=video 0 RTP/SAVP 96", "m=audio 0 RTP/SAVP 0")
          .doesNotContain("RTP/AVP");
      assertThat(client.setup(1, 0).status()).isEqualTo(461);
      String url = client.url() + "/trackID=1";
      assertThat(
              client
                  .requestTo(url, "SETUP", "Transport: RTP/SAVP/TCP;unicast;interleaved=0-1")
                  .header("Transport"))
          .startsWith("RTP/SAVP/TCP;unicast;interleaved=0-1");
    }
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      String url = client.url() + "/trackID=1";
      String asked = "Transport: RTP/SAVP/TCP;unicast;interleaved=0-1";
      assertThat(client.requestTo(url, "SETUP", asked).status()).isEqualTo(461);
      String either = asked + ",RTP/AVP/TCP;unicast;interleaved=0-1";
      assertThat(client.requestTo(url, "SETUP", either).header("Transport"))
          .startsWith("RTP/AVP/TCP");
    }
  }
}
