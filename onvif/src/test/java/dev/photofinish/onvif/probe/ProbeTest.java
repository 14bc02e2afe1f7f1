package dev.photofinish.onvif.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.onvif.probe.Sightings.Sighting;
import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlFormatException;
import dev.photofinish.onvif.xml.XmlReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Probes, their repetition, and what answers to them say. */
final class ProbeTest {
  private static final String MATCH =
      """
      <d:ProbeMatch>
      <wsadis:EndpointReference><wsadis:Address>urn:uuid:1</wsadis:Address></wsadis:EndpointReference>
      <d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types>
      <d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/location/country/china
       onvif://www.onvif.org/location/China onvif://www.onvif.org/hardware/X1%2F2
       onvif://www.onvif.org/name/Front%20d%C3%B6%zzor onvif://www.onvif.org/location/China</d:Scopes>
      <d:XAddrs>http://192.0.2.64/onvif/device_service  http://[fe80::1]/onvif/device_service</d:XAddrs>
      <d:MetadataVersion>10</d:MetadataVersion>
      </d:ProbeMatch>
      """;

  private static List<ProbeMatch> parse(String... matches) throws XmlFormatException {
    String answer =
        "<?xml version='1.0'?><s:Envelope xmlns:s='s'><s:Header/><s:Body><d:ProbeMatches>"
            + String.join("", matches)
            + "</d:ProbeMatches></s:Body></s:Envelope>";
    return ProbeMatch.parseAll(answer.getBytes(StandardCharsets.UTF_8));
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProbeSaysWhatIsWanted(ProbeMessage probe) throws XmlFormatException {
    UUID id = UUID.randomUUID();

    XmlElement envelope = XmlReader.read(probe.bytes(id));

    assertThat(envelope.text("Header", "MessageID")).isEqualTo("urn:uuid:" + id);
    assertThat(envelope.text("Header", "To"))
        .isEqualTo("urn:schemas-xmlsoap-org:ws:2005:04:discovery");
    assertThat(envelope.text("Header", "Action"))
        .isEqualTo("http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe");
    assertThat(envelope.text("Body", "Probe", "Types"))
        .isEqualTo(probe == ProbeMessage.DEVICE ? "tds:Device" : "dn:NetworkVideoTransmitter");
  }

  @Test
  void aProbeIsRepeatedAsSoapOverUdpSays() {
    for (int seed = 0; seed < 1000; seed++) {
      List<Long> times = ProbeRepetition.times(new Random(seed));

      assertThat(times).hasSize(5).startsWith(0L);
      long delay = times.get(1) / 1_000_000;
      assertThat(delay).as("seed %d", seed).isBetween(50L, 250L);
      for (int i = 2; i < times.size(); i++) {
        delay = Math.min(500, 2 * delay);
        assertThat(times.get(i) - times.get(i - 1)).isEqualTo(delay * 1_000_000);
      }
    }
  }

  @Test
  void anAnswerIsRead() throws XmlFormatException {
    assertThat(parse(MATCH))
        .containsExactly(
            new ProbeMatch(
                "urn:uuid:1",
                List.of(
                    "http://192.0.2.64/onvif/device_service",
                    "http://[fe80::1]/onvif/device_service"),
                new Scopes("Front d\u00f6%zzor", "X1/2", "china, China")));
  }

  @Test
  void otherDevicesAreLeftOut() throws XmlFormatException {
    String printer =
        "<d:ProbeMatch><d:Types>wsdp:Device pri:PrintDeviceType</d:Types></d:ProbeMatch>";
    String bare = "<d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/x</d:Scopes></d:ProbeMatch>";

    assertThat(parse(printer, MATCH, bare))
        .extracting(ProbeMatch::endpoint)
        .containsExactly("urn:uuid:1", "");
    assertThat(ProbeMatch.parseAll("<hello/>".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void theBoundsHold() throws XmlFormatException {
    String many = "http://192.0.2.64/ ".repeat(100);
    String tooLong = "http://192.0.2.64/" + "x".repeat(2000);
    String words = MATCH.replace("http://192.0.2.64/onvif/device_service", tooLong + " " + many);

    assertThat(parse(words).get(0).xaddrs())
        .hasSize(ProbeMatch.MOST_XADDRS)
        .containsOnly("http://192.0.2.64/");
    assertThat(parse(MATCH.repeat(100))).hasSize(ProbeMatch.MOST_MATCHES);
    String name = "onvif://www.onvif.org/name/";
    assertThat(parse(MATCH.replace(name, name + "y".repeat(900))).get(0).scopes().name())
        .hasSize(Scopes.LONGEST);
  }

  @Test
  void aDeviceIsItsEndpointReference() throws XmlFormatException {
    Sightings sightings = new Sightings();
    ProbeMatch match = parse(MATCH).get(0);
    ProbeMatch moved = parse(MATCH.replace("192.0.2.64", "192.0.2.65")).get(0);

    assertThat(sightings.add(address(64), match)).isTrue();
    assertThat(sightings.add(address(64), match)).isFalse();
    assertThat(sightings.add(address(65), moved)).isFalse();

    assertThat(sightings.devices())
        .containsExactly(
            new Sighting(
                "urn:uuid:1",
                List.of(address(64), address(65)),
                List.of(
                    "http://192.0.2.64/onvif/device_service",
                    "http://[fe80::1]/onvif/device_service",
                    "http://192.0.2.65/onvif/device_service"),
                match.scopes()));
  }

  @Test
  void withoutAReferenceADeviceIsItsAddress() {
    Sightings sightings = new Sightings();
    ProbeMatch match = new ProbeMatch("", List.of(), Scopes.NONE);

    assertThat(sightings.add(address(1), match)).isTrue();
    assertThat(sightings.add(address(2), match)).isTrue();
    assertThat(sightings.add(address(1), match)).isFalse();
    assertThat(sightings.count()).isEqualTo(2);
  }

  @Test
  void aFloodFillsNothing() {
    Sightings sightings = new Sightings();
    for (int i = 0; i < 2 * Sightings.MOST_DEVICES; i++) {
      sightings.add(address(1), new ProbeMatch("urn:" + i, List.of(), Scopes.NONE));
    }
    for (int i = 0; i < 100; i++) {
      sightings.add(address(i), new ProbeMatch("urn:0", List.of("http://h/" + i), Scopes.NONE));
    }

    assertThat(sightings.count()).isEqualTo(Sightings.MOST_DEVICES);
    assertThat(sightings.devices().get(0).sources()).hasSize(Sightings.MOST_SOURCES);
    assertThat(sightings.devices().get(0).xaddrs()).hasSize(ProbeMatch.MOST_XADDRS);
  }
}
