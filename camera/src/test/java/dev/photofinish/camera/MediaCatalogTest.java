package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session description of a camera, RFC 4566. */
class MediaCatalogTest {

  private static MediaCatalog with(Audio audio) {
    return new MediaCatalog(SimulatedCamera.builder().set(Knob.AUDIO, audio).options());
  }

  @Test
  void everyLineEndsInCrLfAndHasAType() throws Exception {
    String sdp = with(Audio.PCMU).describe(InetAddress.getByName("192.0.2.1"));
    assertThat(sdp).endsWith("\r\n");
    assertThat(sdp.split("\r\n")).allMatch(line -> line.matches("[a-z]=[^\r\n]+"));
  }

  @Test
  void theSessionPartComesBeforeTheMediaInTheOrderOfTheRfc() throws Exception {
    String sdp = with(Audio.NONE).describe(InetAddress.getByName("192.0.2.1"));
    assertThat(sdp.replaceAll("=[^\r]*\r\n", "")).startsWith("vosctaam");
  }

  @Test
  void theOriginIsTheAddressThatTheClientConnectedTo() throws Exception {
    assertThat(with(Audio.PCMU).describe(InetAddress.getByName("192.0.2.1")))
        .contains("o=- 1 1 IN IP4 192.0.2.1\r\n", "c=IN IP4 0.0.0.0\r\n");
    assertThat(with(Audio.PCMU).describe(InetAddress.getByName("2001:db8::1")))
        .contains("o=- 1 1 IN IP6 2001:db8:0:0:0:0:0:1\r\n", "c=IN IP6 ::\r\n");
  }

  @Test
  void aZoneIsOfNoUseToAClientAndLeftOut() throws Exception {
    InetAddress linkLocal =
        Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 7);
    assertThat(with(Audio.PCMU).describe(linkLocal))
        .contains("IN IP6 fe80:0:0:0:0:0:0:1\r\n")
        .doesNotContain("%");
  }

  @ParameterizedTest
  @CsvSource({"PCMU, 0", "PCMA, 8"})
  void audioHasItsStaticPayloadType(Audio audio, int payloadType) throws Exception {
    assertThat(with(audio).describe(InetAddress.getLoopbackAddress()))
        .contains("m=audio 0 RTP/AVP " + payloadType + "\r\n", "a=control:trackID=2\r\n");
  }

  @Test
  void withoutAudioThereIsOneTrack() throws Exception {
    MediaCatalog catalog = with(Audio.NONE);
    assertThat(catalog.describe(InetAddress.getLoopbackAddress())).doesNotContain("m=audio");
    assertThat(catalog.source(MediaCatalog.AUDIO)).isEqualTo(Optional.empty());
    assertThat(catalog.source(MediaCatalog.VIDEO)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "3", "9"})
  void thereAreNoOtherTracks(int id) {
    assertThat(with(Audio.PCMU).source(id)).isEqualTo(Optional.empty());
  }

  @Test
  void eachSourceIsNew() {
    MediaCatalog catalog = with(Audio.PCMU);
    assertThat(catalog.source(MediaCatalog.VIDEO)).isNotEqualTo(catalog.source(MediaCatalog.VIDEO));
  }
}
