package dev.photofinish.relay.web;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.ServerPort;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A simulated camera, a relay that serves it as {@code door}, and the relay's web server. */
final class PageOfCamera implements AutoCloseable {
  private SimulatedCamera camera;
  private final Relay relay = Relay.start();
  private final WebServer server =
      WebServer.builder(relay)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .build();

  PageOfCamera() throws Exception {
    camera = SimulatedCamera.builder().port(ServerPort.choose()).start();
    server.start();
    relay.add("door", Camera.at(camera.url()), RelayedCameraOptions.defaults());
  }

  SimulatedCamera camera() {
    return camera;
  }

  /** Its connections are reset, and it is not there until {@link #powerOn}. */
  void powerOff() {
    camera.dropAll();
    camera.close();
  }

  void powerOn() {
    camera = SimulatedCamera.builder().port(camera.port()).start();
  }

  Relay relay() {
    return relay;
  }

  /**
   * The address of something that the server has.
   *
   * @param scheme such as {@code http} or {@code ws}
   * @param path begins with a slash
   */
  URI at(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
  }

  @Override
  public void close() {
    server.close();
    relay.close();
    camera.close();
  }
}
