package dev.photofinish.camera;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** A client as the camera sees it: one RTSP connection. */
interface Client {

  /** Its number among those accepted, from 1. */
  int number();

  Channel channel();

  InetSocketAddress local();

  InetSocketAddress remote();

  /** Where it connects from, without the port. */
  default InetAddress source() {
    return remote().getAddress();
  }

  /** Its address as text. */
  String peer();

  /** The sessions that were set up over this connection. */
  Set<CameraSession> sessions();

  void send(RtspResponse response);

  /** Whether it has shown its credentials already, to open a tunnel. */
  default boolean isGranted() {
    return false;
  }

  /** From now on nothing is answered. */
  void silence();

  void close(HangUp how, String reason);
}
