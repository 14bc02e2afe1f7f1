package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice among the alternatives of a {@code Transport} header. */
class TransportOfferTest {

  @ParameterizedTest(name = "{0} of a camera that accepts {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP/TCP;unicast;interleaved=2-3 | BOTH | true 2 3",
        "rtp/avp/tcp;interleaved=4 | BOTH | true 4 5",
        "RTP/AVP/TCP | TCP | true -1 -1",
        "RTP/AVP;unicast;client_port=5000-5001 | BOTH | false 5000 5001",
        "RTP/AVP/UDP;client_port=5000 | UDP | false 5000 5001",
        "RTP/AVP;client_port=5000-5001,RTP/AVP/TCP;interleaved=0-1 | TCP | true 0 1",
        "RTP/AVP;multicast,RTP/AVP/TCP;interleaved=0-1 | BOTH | true 0 1",
        "RTP/AVP;client_port=70000-70001,RTP/AVP/TCP;interleaved=0-1 | BOTH | true 0 1",
        "RTP/AVP;client_port=5000-5001 | TCP | none",
        "RTP/AVP/TCP;interleaved=0-1 | UDP | none",
        "RTP/AVP/TCP;interleaved=255-256 | BOTH | none",
        "RTP/AVP;unicast | BOTH | none",
        "RTP/SAVP;client_port=5000-5001 | BOTH | none"
      })
  void chooses(String header, Transports accepted, String chosen) {
    assertThat(
            TransportOffer.choose(header, accepted)
                .map(offer -> offer.tcp() + " " + offer.first() + " " + offer.second())
                .orElse("none"))
        .isEqualTo(chosen);
  }
}
