package dev.photofinish.camera;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The addresses of a camera: where it listens, where clients reach it, and its URL. */
record CameraAddress(InetSocketAddress bound, CameraOptions options) {

  /**
   * The address to bind, as {@code options} have it; its port may be 0.
   *
   * @throws IllegalArgumentException if it is not numeric, or its zone is none of this host's
   */
  static InetSocketAddress toBind(CameraOptions options) {
    String text = options.get(Knob.ADDRESS);
    if (!NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
      throw new IllegalArgumentException("address: " + text + " is not a numeric IP address");
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(text), options.get(Knob.PORT));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address: " + text + " has a zone that is not here", e);
    }
  }

  /** Where clients connect to; loopback if the camera listens on every address. */
  InetSocketAddress reachable() {
    InetAddress address = bound.getAddress();
    if (!address.isAnyLocalAddress()) {
      return bound;
    }
    return new InetSocketAddress(
        address instanceof Inet6Address ? NetUtil.LOCALHOST6 : NetUtil.LOCALHOST4, bound.getPort());
  }

  /** The URL of the stream, without user and password. */
  String url() {
    return url("");
  }

  /** The URL of the stream, with user and password where the camera asks for them. */
  String urlWithCredentials() {
    String user = options.get(Knob.USER);
    return url(user.isEmpty() ? "" : user + ":" + options.get(Knob.PASSWORD) + "@");
  }

  private String url(String userInfo) {
    String scheme = options.get(Knob.TLS) ? "rtsps://" : "rtsp://";
    return scheme + userInfo + NetUtil.toSocketAddressString(reachable()) + options.get(Knob.PATH);
  }
}
