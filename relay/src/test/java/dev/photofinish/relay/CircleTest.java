package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.relay.rtsp.LoopbackServer;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.rtsp.client.Camera;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

  private final SimulatedCamera camera = SimulatedCamera.builder().start();
  private final Relay relay = Relay.start();
  private final BlockingQueue<String> joined = new LinkedBlockingQueue<>();
  private RtspServer server;

  @BeforeEach
  void start() throws Exception {
    relay.addListener(
        new RelayListener() {
          @Override
          public void state(RelayedCamera of, RelayState from, RelayState to, String reason) {
            states.add(of.name() + " " + to);
          }

          @Override
          public void joined(RelayedCamera of, ReaderInfo reader) {
            joined.add(of.name());
          }
        });
    server = LoopbackServer.of(relay).build().start();
  }

  @AfterEach
  void close() {
    server.close();
    relay.close();
    camera.close();
  }

  private String url(String name) {
    return "rtsp://127.0.0.1:" + server.address().getPort() + "/" + name;
  }

  /** The last pictures, which are sent again while it is away, would go round for ever. */
  @Test
  void aCircleIsNoticedAndLeftWhenThereIsAnotherWay() throws Exception {
    RelayedCameraOptions options = RelayedCameraOptions.defaults();
    relay.add("first", Camera.at(camera.url()), options);
    relay.add("second", Camera.at(url("first")), options);
    await("second", RelayState.PLAYING);
    relay.change("first", Camera.at(url("second")), options);
    await("first", RelayState.FAILED);
    assertThat(relay.camera("first").orElseThrow().status().reason()).contains("circle");
    relay.change("first", Camera.at(camera.url()), options);
    await("first", RelayState.PLAYING);
  }

  /** It sends pictures, which are one's own. */
  @Test
  void aStandbyDoesNotReturnToARelayThatReadsFromIt() throws Exception {
    StandbyOptions standby = new StandbyOptions(true, Duration.ofSeconds(3), Duration.ofSeconds(1));
    RelayedCameraOptions inOrder = RelayedCameraOptions.defaults().withStandby(standby);
    relay.add("first", Camera.at(url("second"), camera.url()), inOrder);
    relay.add("second", Camera.at(url("first")), RelayedCameraOptions.defaults());
    await("first", RelayState.PLAYING);
    await("second", RelayState.PLAYING);
    states.clear();
    joined.clear();
    for (int tries = 0; tries < 3; ) {
      String by = joined.poll(120, TimeUnit.SECONDS);
      assertThat(by).isNotNull();
      tries += by.equals("second") ? 1 : 0;
    }
    assertThat(states).noneMatch(state -> state.startsWith("first"));
  }
}
