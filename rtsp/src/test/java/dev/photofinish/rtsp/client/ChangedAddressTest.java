package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.CameraState.PLAYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.connect.Connector;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera known by name comes back on another address: names are looked up for each race. */
class ChangedAddressTest {
  private static final RetryOptions QUICK =
      RetryOptions.builder()
          .stableAfter(Duration.ZERO)
          .retryStrategy(RetryStrategy.IMMEDIATE)
          .build();

  @TempDir private Path folder;

  private final Recorder recorder = new Recorder();
  private final RtspClient client =
      RtspClient.builder()
          .connectors(() -> Connector.builder().hostsFile(folder.resolve("hosts")))
          .build();
  private SimulatedCamera before;
  private SimulatedCamera after;
  private int writes;

  @BeforeEach
  void twoCamerasOnOnePort() {
    before = SimulatedCamera.builder().address("127.0.0.1").start();
    after = SimulatedCamera.builder().address("127.0.0.2").port(before.port()).start();
  }

  @AfterEach
  void close() {
    client.close();
    before.close();
    after.close();
  }

  /** Each write has a time of its own, however coarse the file system's clock. */
  private void name(String address) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), address + " camera.test\n");
    Files.setLastModifiedTime(hosts, FileTime.from(Instant.ofEpochSecond(++writes)));
  }

  private void open() throws Exception {
    name("127.0.0.1");
    String url = before.url().replace("127.0.0.1", "camera.test");
    client.open(Patience.at(url).withRetry(QUICK), recorder);
    recorder.awaitPackets(10);
    assertThat(after.report().connections()).isZero();
  }

  private void expectPlayingFromTheNewAddress() throws InterruptedException {
    recorder.awaitState(PLAYING, 2);
    assertThat(recorder.states()).containsExactly("PLAYING", "RECONNECTING", "PLAYING");
    assertThat(recorder.reasons().get(2)).isEqualTo("media from 127.0.0.2:" + after.port());
    assertThat(after.report().connectionsOpen()).isEqualTo(1);
  }

  @Test
  void theNextRaceGoesToTheNewAddress() throws Exception {
    open();
    name("127.0.0.2");
    before.reboot(Duration.ofHours(1));
    expectPlayingFromTheNewAddress();
    assertThat(recorder.races()).hasSize(2);
  }

  @Test
  void aNameThatChangesAfterTheDropIsFoundByARetry() throws Exception {
    open();
    before.reboot(Duration.ofHours(1));
    recorder.await("a race that was lost", r -> r.retries().size() >= 2);
    name("127.0.0.2");
    expectPlayingFromTheNewAddress();
  }
}
