package dev.photofinish.camera.onvif;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words of a simulated ONVIF device: bodies of its responses. */
final class OnvifAnswers {
  private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
  private static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
  private static final String MEDIA2 = "http://www.onvif.org/ver20/media/wsdl";

  private static final String ENVELOPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
       xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="%s" xmlns:trt="%s" xmlns:tr2="%s"
       xmlns:ter="http://www.onvif.org/ver10/error">
      <SOAP-ENV:Body>%s</SOAP-ENV:Body>
      </SOAP-ENV:Envelope>
      """;

  private final OnvifOptions options;

  OnvifAnswers(OnvifOptions options) {
    this.options = options;
  }

  static String envelope(String body) {
    return ENVELOPE.formatted(DEVICE, MEDIA, MEDIA2, body);
  }

  static String fault(String subcode, String reason) {
    return envelope(
        """
        <SOAP-ENV:Fault>
        <SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value>
        <SOAP-ENV:Subcode><SOAP-ENV:Value>ter:%s</SOAP-ENV:Value></SOAP-ENV:Subcode>
        </SOAP-ENV:Code>
        <SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="en">%s</SOAP-ENV:Text></SOAP-ENV:Reason>
        </SOAP-ENV:Fault>
        """
            .formatted(subcode, reason));
  }

  String clock(OffsetDateTime now) {
    return """
        <tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>
        <tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>
        <tt:UTCDateTime>
        <tt:Time><tt:Hour>%d</tt:Hour><tt:Minute>%d</tt:Minute><tt:Second>%d</tt:Second></tt:Time>
        <tt:Date><tt:Year>%d</tt:Year><tt:Month>%d</tt:Month><tt:Day>%d</tt:Day></tt:Date>
        </tt:UTCDateTime>
        </tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>
        """
        .formatted(
            now.getHour(),
            now.getMinute(),
            now.getSecond(),
            now.getYear(),
            now.getMonthValue(),
            now.getDayOfMonth());
  }

  String services(String base) {
    String media =
        options.media() == OnvifMedia.VER20 ? "" : service(MEDIA, base + "/media_service");
    String media2 =
        options.media() == OnvifMedia.VER10 ? "" : service(MEDIA2, base + "/media2_service");
    return "<tds:GetServicesResponse>"
        + service(DEVICE, base + "/device_service")
        + media
        + media2
        + "</tds:GetServicesResponse>";
  }

  private static String service(String namespace, String xaddr) {
    return """
        <tds:Service><tds:Namespace>%s</tds:Namespace><tds:XAddr>%s</tds:XAddr>
        <tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>
        """
        .formatted(namespace, xaddr);
  }

  String capabilities(String base) {
    String media =
        options.media() == OnvifMedia.VER20
            ? ""
            : "<tt:Media><tt:XAddr>" + base + "/media_service</tt:XAddr></tt:Media>";
    return "<tds:GetCapabilitiesResponse><tds:Capabilities>"
        + "<tt:Device><tt:XAddr>"
        + base
        + "/device_service</tt:XAddr></tt:Device>"
        + media
        + "</tds:Capabilities></tds:GetCapabilitiesResponse>";
  }

  String information() {
    return """
        <tds:GetDeviceInformationResponse><tds:Manufacturer>Photofinish</tds:Manufacturer>
        <tds:Model>Simulated camera</tds:Model><tds:FirmwareVersion>1</tds:FirmwareVersion>
        <tds:SerialNumber>1</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId>
        </tds:GetDeviceInformationResponse>
        """;
  }

  String profiles() {
    return options.profiles().stream()
        .map(
            profile ->
                """
                <trt:Profiles token="%s" fixed="true"><tt:Name>%s</tt:Name>
                <tt:VideoEncoderConfiguration token="encoder"><tt:Name>encoder</tt:Name>
                <tt:Encoding>%s</tt:Encoding>
                <tt:Resolution><tt:Width>%d</tt:Width><tt:Height>%d</tt:Height></tt:Resolution>
                </tt:VideoEncoderConfiguration></trt:Profiles>
                """
                    .formatted(
                        profile.token(),
                        profile.name(),
                        profile.codec(),
                        profile.width(),
                        profile.height()))
        .collect(Collectors.joining("", "<trt:GetProfilesResponse>", "</trt:GetProfilesResponse>"));
  }

  String profiles2() {
    return options.profiles().stream()
        .map(
            profile ->
                """
                <tr2:Profiles token="%s" fixed="true"><tr2:Name>%s</tr2:Name>
                <tr2:Configurations><tr2:VideoEncoder token="encoder">
                <tt:Encoding>%s</tt:Encoding>
                <tt:Resolution><tt:Width>%d</tt:Width><tt:Height>%d</tt:Height></tt:Resolution>
                </tr2:VideoEncoder></tr2:Configurations></tr2:Profiles>
                """
                    .formatted(
                        profile.token(),
                        profile.name(),
                        profile.codec(),
                        profile.width(),
                        profile.height()))
        .collect(Collectors.joining("", "<tr2:GetProfilesResponse>", "</tr2:GetProfilesResponse>"));
  }

  Optional<String> streamUri(String token) {
    return url(token)
        .map(
            url ->
                "<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>"
                    + url
                    + "</tt:Uri><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>"
                    + "</trt:GetStreamUriResponse>");
  }

  Optional<String> streamUri2(String token) {
    return url(token)
        .map(
            url ->
                "<tr2:GetStreamUriResponse><tr2:Uri>"
                    + url
                    + "</tr2:Uri></tr2:GetStreamUriResponse>");
  }

  private Optional<String> url(String token) {
    return options.profiles().stream()
        .filter(profile -> profile.token().equals(token))
        .map(profile -> profile.url().replace("&", "&amp;"))
        .findFirst();
  }
}
