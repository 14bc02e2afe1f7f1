package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice among the alternatives of a {@code Transport} header. */
class TransportOfferTest {

  @ParameterizedTest(name = "{0} of a camera that accepts {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RTP/AVP/TCP;unicast;interleaved=2-3 | BOTH | TCP 2 3 0",
        "rtp/avp/tcp;interleaved=4 | BOTH | TCP 4 5 0",
        "RTP/AVP/TCP | TCP | TCP -1 -1 0",
        "RTP/AVP;unicast;client_port=5000-5001 | BOTH | UDP 5000 5001 0",
        "RTP/AVP/UDP;client_port=5000 | UDP | UDP 5000 5001 0",
        "RTP/AVP;client_port=5000-5001,RTP/AVP/TCP;interleaved=0-1 | TCP | TCP 0 1 0",
        "RTP/AVP;multicast,RTP/AVP/TCP;interleaved=0-1 | TCP | TCP 0 1 0",
        "RTP/AVP;multicast;ttl=3 | BOTH | MULTICAST -1 -1 3",
        "RTP/AVP/UDP;multicast | MULTICAST | MULTICAST -1 -1 0",
        "RTP/AVP;multicast | UDP | none",
        "RTP/AVP/TCP;multicast | BOTH | none",
        "RTP/AVP;unicast;client_port=5000-5001 | MULTICAST | none",
        "RTP/AVP;client_port=70000-70001,RTP/AVP/TCP;interleaved=0-1 | BOTH | TCP 0 1 0",
        "RTP/AVP;client_port=5000-5001 | TCP | none",
        "RTP/AVP/TCP;interleaved=0-1 | UDP | none",
        "RTP/AVP/TCP;interleaved=255-256 | BOTH | none",
        "RTP/AVP;unicast | BOTH | none",
        "RTP/SAVP;client_port=5000-5001 | BOTH | none"
      })
  void chooses(String header, Transports accepted, String chosen) {
    assertThat(
            TransportOffer.choose(header, accepted, true)
                .map(offer -> Stream.of(offer.kind(), offer.first(), offer.second(), offer.ttl()))
                .map(parts -> parts.map(Object::toString).collect(Collectors.joining(" ")))
                .orElse("none"))
        .isEqualTo(chosen);
  }

  @Test
  void withoutAGroupTheNextAlternativeIsTaken() {
    String header = "RTP/AVP;multicast,RTP/AVP/TCP;interleaved=0-1";
    assertThat(TransportOffer.choose(header, Transports.BOTH, false))
        .contains(new TransportOffer(Transports.TCP, 0, 1, 0));
  }
}
