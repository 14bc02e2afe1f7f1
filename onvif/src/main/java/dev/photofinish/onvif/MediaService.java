package dev.photofinish.onvif;

import dev.photofinish.onvif.soap.SoapRequest;
import dev.photofinish.onvif.xml.XmlElement;
import dev.photofinish.onvif.xml.XmlText;
import java.util.List;

/** The two services that know a camera's media profiles; the first is the more common one. */
enum MediaService {
  /** Media, in every camera of Profile S. */
  VER10("http://www.onvif.org/ver10/media/wsdl") {
    @Override
    SoapRequest profiles() {
      return new SoapRequest(namespace, "GetProfiles", "");
    }

    @Override
    MediaProfile profile(XmlElement element) {
      return MediaProfile.of(element, element, "EncoderConfiguration");
    }

    @Override
    SoapRequest streamUri(String token) {
      return new SoapRequest(
          namespace,
          "GetStreamUri",
          "<o:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream>"
              + "<tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport></o:StreamSetup>"
              + profileToken(token));
    }

    @Override
    String uri(XmlElement response) {
      return response.text("MediaUri", "Uri");
    }
  },

  /** Media2, in cameras of Profile T. */
  VER20("http://www.onvif.org/ver20/media/wsdl") {
    @Override
    SoapRequest profiles() {
      return new SoapRequest(namespace, "GetProfiles", "<o:Type>All</o:Type>");
    }

    @Override
    MediaProfile profile(XmlElement element) {
      return MediaProfile.of(element, element.find("Configurations").orElse(element), "Encoder");
    }

    @Override
    SoapRequest streamUri(String token) {
      return new SoapRequest(
          namespace, "GetStreamUri", "<o:Protocol>RTSP</o:Protocol>" + profileToken(token));
    }

    @Override
    String uri(XmlElement response) {
      return response.text("Uri");
    }
  };

  private static final int MOST_PROFILES = 32;

  final String namespace;

  MediaService(String namespace) {
    this.namespace = namespace;
  }

  abstract SoapRequest profiles();

  abstract MediaProfile profile(XmlElement element);

  abstract SoapRequest streamUri(String token);

  abstract String uri(XmlElement response);

  /** The profiles in the answer to {@link #profiles}, at most 32. */
  List<MediaProfile> readProfiles(XmlElement response) {
    return response.children("Profiles").stream()
        .limit(MOST_PROFILES)
        .map(this::profile)
        .filter(profile -> !profile.token().isEmpty())
        .toList();
  }

  private static String profileToken(String token) {
    return "<o:ProfileToken>" + XmlText.escape(token) + "</o:ProfileToken>";
  }
}
