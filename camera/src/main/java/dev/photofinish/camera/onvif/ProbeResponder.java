package dev.photofinish.camera.onvif;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Answers probes of WS-Discovery, at once and each of them. */
final class ProbeResponder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeResponder.class);
  private static final List<String> GROUPS = List.of("239.255.255.250", "ff02::c");
  private static final int LARGEST = 65_536;
  private static final List<String> KINDS = List.of("NetworkVideoTransmitter", "Device");
  private static final String ANSWER =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
       xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
       xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
       xmlns:dn="http://www.onvif.org/ver10/network/wsdl"
       xmlns:tds="http://www.onvif.org/ver10/device/wsdl">
      <SOAP-ENV:Header>
      <wsa:MessageID>urn:uuid:%1$s</wsa:MessageID>
      <wsa:RelatesTo>%2$s</wsa:RelatesTo>
      <wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To>
      <wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>
      </SOAP-ENV:Header>
      <SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch>
      <wsa:EndpointReference><wsa:Address>%3$s</wsa:Address></wsa:EndpointReference>
      <d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types>
      <d:Scopes>onvif://www.onvif.org/type/video_encoder
       onvif://www.onvif.org/name/%4$s
       onvif://www.onvif.org/hardware/Simulated
       onvif://www.onvif.org/location/hall</d:Scopes>
      <d:XAddrs>%5$s</d:XAddrs>
      <d:MetadataVersion>1</d:MetadataVersion>
      </d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body>
      </SOAP-ENV:Envelope>
      """;

  private final MulticastSocket socket;
  private final String endpoint;
  private final String name;
  private final Function<InetAddress, String> xaddr;

  /**
   * @param xaddr the address of the device service for one who reaches us at a local address
   */
  private ProbeResponder(
      MulticastSocket socket, String endpoint, String name, Function<InetAddress, String> xaddr) {
    this.socket = socket;
    this.endpoint = endpoint;
    this.name = name;
    this.xaddr = xaddr;
  }

  /**
   * Starts to listen on the interface of {@code address}, or on every one.
   *
   * @throws IOException if the port is taken, or there is no interface
   */
  static ProbeResponder start(
      InetAddress address,
      int port,
      String endpoint,
      String name,
      Function<InetAddress, String> xaddr)
      throws IOException {
    MulticastSocket socket = new MulticastSocket(port);
    try {
      join(socket, address, port);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    ProbeResponder responder = new ProbeResponder(socket, endpoint, name, xaddr);
    Thread thread = new Thread(responder::run, "onvif-probes");
    thread.setDaemon(true);
    thread.start();
    return responder;
  }

  private static void join(MulticastSocket socket, InetAddress address, int port)
      throws IOException {
    int joined = 0;
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      boolean wanted =
          address.isAnyLocalAddress()
              ? device.isUp() && (device.supportsMulticast() || device.isLoopback())
              : device.inetAddresses().anyMatch(address::equals);
      joined += wanted ? join(socket, device, port) : 0;
    }
    if (joined == 0) {
      throw new IOException("no interface for multicast at " + address.getHostAddress());
    }
  }

  /** An interface may lack one of the families. */
  private static int join(MulticastSocket socket, NetworkInterface device, int port) {
    int joined = 0;
    for (String group : GROUPS) {
      try {
        socket.joinGroup(new InetSocketAddress(group, port), device);
        joined++;
      } catch (IOException e) {
        LOG.debug("{} does not join {}: {}", device.getName(), group, e.getMessage());
      }
    }
    return joined;
  }

  private void run() {
    byte[] buffer = new byte[LARGEST];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        answer(packet);
      } catch (SocketException e) {
        LOG.debug("no more probes: {}", e.getMessage());
      } catch (IOException | SAXException e) {
        LOG.debug("a probe was not answered", e);
      }
    }
  }

  private void answer(DatagramPacket packet) throws IOException, SAXException {
    Document probe = OnvifXml.parse(packet.getData(), packet.getLength());
    String id = OnvifXml.text(probe, "MessageID");
    String types = OnvifXml.text(probe, "Types");
    if (id.isEmpty() || KINDS.stream().noneMatch(types::contains)) {
      return;
    }
    InetAddress local = localAddress(packet);
    String answer =
        ANSWER.formatted(
            java.util.UUID.randomUUID(), escaped(id), endpoint, name, xaddr.apply(local));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket out = new DatagramSocket(new InetSocketAddress(local, 0))) {
      out.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** The address from which this host reaches the one that asks. */
  private static InetAddress localAddress(DatagramPacket packet) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(packet.getSocketAddress());
      InetAddress local = probe.getLocalAddress();
      return local.isAnyLocalAddress() && packet.getAddress() instanceof Inet4Address
          ? InetAddress.getLoopbackAddress()
          : local;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
