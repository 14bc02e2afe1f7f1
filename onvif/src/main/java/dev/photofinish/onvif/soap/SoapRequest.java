package dev.photofinish.onvif.soap;

import java.nio.charset.StandardCharsets;

/**
 * A call of one operation of a service.
 *
 * @param namespace of the service
 * @param operation its name, such as {@code GetProfiles}
 * @param content what stands in its element; the prefix {@code o} is the service's, {@code tt} that
 *     of ONVIF's schema
 */
public record SoapRequest(String namespace, String operation, String content) {
  private static final String ENVELOPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">\
      <s:Header>%1$s</s:Header>\
      <s:Body><o:%2$s xmlns:o="%3$s" xmlns:tt="http://www.onvif.org/ver10/schema">%4$s</o:%2$s>\
      </s:Body></s:Envelope>
      """;

  /** The message with {@code security}, a header or nothing. */
  public byte[] bytes(String security) {
    return ENVELOPE
        .formatted(security, operation, namespace, content)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The media type of SOAP 1.2, which has the action as a parameter. */
  public String contentType() {
    return "application/soap+xml; charset=utf-8; action=\"" + namespace + "/" + operation + "\"";
  }
}
