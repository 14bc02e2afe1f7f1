package dev.photofinish.onvif.probe;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A Probe of WS-Discovery (April 2005, section 5) for one type of device.
 *
 * <p>The types of one Probe are all wanted at once, so that asking for one or the other takes two.
 */
public enum ProbeMessage {
  /** The type of ONVIF Core Specification section 7.3.4.1 that every camera has. */
  NETWORK_VIDEO_TRANSMITTER(
      "dn:NetworkVideoTransmitter", "xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\""),
  /** The type of any ONVIF device; newer cameras may answer to this one alone. */
  DEVICE("tds:Device", "xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"");

  private static final String ENVELOPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"\
       xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"\
       xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" %s>\
      <e:Header>\
      <w:MessageID>urn:uuid:%s</w:MessageID>\
      <w:To e:mustUnderstand="true">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>\
      <w:Action e:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe\
      </w:Action>\
      </e:Header>\
      <e:Body><d:Probe><d:Types>%s</d:Types></d:Probe></e:Body>\
      </e:Envelope>
      """;

  private final String type;
  private final String namespace;

  ProbeMessage(String type, String namespace) {
    this.type = type;
    this.namespace = namespace;
  }

  /** The message; its repetitions have the same id. */
  public byte[] bytes(UUID id) {
    return ENVELOPE.formatted(namespace, id, type).getBytes(StandardCharsets.UTF_8);
  }
}
