package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Relays that read from each other. */
@Timeout(180)
class CircleTest {
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();

  private void await(String name, RelayState state) throws InterruptedException {
    String wanted = name + " " + state;
    String next = "";
    while (!next.equals(wanted)) {
      next = states.poll(120, TimeUnit.SECONDS);
      assertThat(next).as("a state behind which %s comes", wanted).isNotNull();
    }
  }

  /** The last pictures, which are sent again while it is away, would go round for ever. */
  @Test
  void aCircleIsNoticedAndLeftWhenThereIsAnotherWay() throws Exception {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start();
        RtspServer server =
            RtspServer.builder(relay).listen(loopback).eventLoopGroup(relay.eventLoops()).build()) {
      relay.addListener(
          new RelayListener() {
            @Override
            public void state(RelayedCamera of, RelayState from, RelayState to, String reason) {
              states.add(of.name() + " " + to);
            }
          });
      server.start();
      String base = "rtsp://127.0.0.1:" + server.address().getPort() + "/";
      RelayedCameraOptions options = RelayedCameraOptions.defaults();
      relay.add("first", Camera.at(camera.url()), options);
      relay.add("second", Camera.at(base + "first"), options);
      await("second", RelayState.PLAYING);
      relay.change("first", Camera.at(base + "second"), options);
      await("first", RelayState.FAILED);
      assertThat(relay.camera("first").orElseThrow().status().reason()).contains("circle");
      relay.change("first", Camera.at(camera.url()), options);
      await("first", RelayState.PLAYING);
    }
  }
}
