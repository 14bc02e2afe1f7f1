package dev.photofinish.rtsp.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** One datagram from the camera to one of our ports. */
final class UdpDatagram extends DefaultByteBufHolder {
  private final UdpPorts ports;
  private final boolean control;

  /**
   * @param control whether it came to the port for RTCP
   */
  UdpDatagram(UdpPorts ports, boolean control, ByteBuf content) {
    super(content);
    this.ports = ports;
    this.control = control;
  }

  UdpPorts ports() {
    return ports;
  }

  boolean isControl() {
    return control;
  }

  @Override
  public UdpDatagram replace(ByteBuf content) {
    return new UdpDatagram(ports, control, content);
  }
}
