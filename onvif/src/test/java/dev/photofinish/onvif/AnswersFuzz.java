package dev.photofinish.onvif;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.photofinish.onvif.probe.ProbeMatch;
import dev.photofinish.onvif.soap.CameraClock;
import dev.photofinish.onvif.soap.DigestChallenge;
import dev.photofinish.onvif.soap.SoapFault;
import dev.photofinish.onvif.xml.PeerText;
import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlFormatException;
import dev.photofinish.onvif.xml.XmlReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Readers of answers against whatever a fuzzer finds: nothing but the declared error.
 *
 * <p>The normal test run replays the seeds beside this class's resources; with {@code
 * JAZZER_FUZZ=1} the fuzzer searches.
 */
class AnswersFuzz {

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("The property does not hold");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void probeMatches(byte[] data) {
    try {
      for (ProbeMatch match : ProbeMatch.parseAll(data)) {
        match.xaddrs().forEach(ServiceAddress::parse);
        require(match.scopes().name().length() <= 256);
      }
    } catch (XmlFormatException e) {
      require(e.getMessage() != null);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void answers(byte[] data) {
    try {
      XmlElement root = XmlReader.read(data);
      CameraClock.read(root);
      SoapFault.in(root)
          .ifPresent(fault -> require(fault.kind() != null && !fault.words().contains("\n")));
      for (MediaService media : MediaService.values()) {
        media.readProfiles(root);
        StreamUrl.parse(media.uri(root));
      }
    } catch (XmlFormatException e) {
      require(e.getMessage() != null);
    }
  }

  @FuzzTest(maxDuration = "30s")
  void words(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    DigestChallenge.first(List.of(text));
    CameraClock.readHttpDate(text);
    NumericHost.parse(text);
    ServiceAddress.parse(text).map(URI::getHost).ifPresent(host -> require(!host.isEmpty()));
    StreamUrl.parse(text).ifPresent(url -> require(!url.host().isEmpty()));
    require(PeerText.shown(text).chars().noneMatch(Character::isISOControl));
  }
}
