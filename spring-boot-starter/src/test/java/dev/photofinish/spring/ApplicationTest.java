package dev.photofinish.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.net.BadServer;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring Boot application with a web server, health and metrics, and two cameras: one that asks
 * for a password, and one that is not there.
 */
@Timeout(300)
class ApplicationTest {
  private static final String PASSWORD = "hunter2";

  @TempDir private Path folder;

  /** The application. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    final CountDownLatch packets = new CountDownLatch(20);
    final BlockingQueue<String> played = new LinkedBlockingQueue<>();
    final BlockingQueue<String> retries = new LinkedBlockingQueue<>();

    @Bean
    CameraListener everyCamera() {
      return new CameraListener() {
        @Override
        public void packet(CameraStream stream, RtpPacket packet) {
          packets.countDown();
        }
      };
    }

    @Bean
    CameraListenerFactory cameraByName() {
      return name ->
          new CameraListener() {
            @Override
            public void state(CameraStream stream, CameraState from, CameraState to, String why) {
              if (to == CameraState.PLAYING) {
                played.add(name);
              }
            }

            @Override
            public void retry(
                CameraStream stream, int attempt, Duration delay, String strategy, String why) {
              retries.add(name);
            }
          };
    }
  }

  @Test
  void watchesItsCamerasUntilItIsClosed() throws Exception {
    Path log = folder.resolve("application.log");
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("me", PASSWORD).start();
        BadServer nobody = BadServer.refuse("127.0.0.1")) {
      String dead = "rtsp://me:" + PASSWORD + "@127.0.0.1:" + nobody.address().getPort() + "/";
      try (ConfigurableApplicationContext context = start(camera.url(), dead, log)) {
        Application application = context.getBean(Application.class);
        application.packets.await();
        assertThat(application.played.take()).isEqualTo("front-door");
        assertThat(application.retries.take()).isEqualTo("yard");
        assertIsInTheRegistryOfStreams(context.getBean(CameraStreams.class));
        assertIsHealthy(context.getEnvironment().getRequiredProperty("local.server.port"));
        assertIsMetered(context.getBean(MeterRegistry.class));
      }
      CameraReport report = camera.await(r -> r.connectionsOpen() == 0, Duration.ofSeconds(60));
      assertThat(report.requests("TEARDOWN")).as("in order, not cut off").isEqualTo(1);
    }
    assertThat(Files.readString(log)).contains("CONNECTING -> PLAYING").doesNotContain(PASSWORD);
  }

  private static ConfigurableApplicationContext start(String front, String yard, Path log) {
    return new SpringApplicationBuilder(Application.class)
        .properties("spring.config.name=cameras")
        .run(
            "--server.port=0",
            "--front=" + front,
            "--yard=" + yard,
            "--secret=" + PASSWORD,
            "--logging.file.name=" + log);
  }

  private static void assertIsInTheRegistryOfStreams(CameraStreams streams) {
    assertThat(streams.names()).containsExactly("front-door", "yard");
    assertThat(streams.get("front-door").state()).isEqualTo(CameraState.PLAYING);
    assertThat(streams.all()).containsOnlyKeys("front-door", "yard");
  }

  private static void assertIsHealthy(String port) throws Exception {
    JsonNode health = get(port, "/actuator/health");
    JsonNode cameras = health.path("components").path("cameras").path("components");
    assertThat(cameras.path("front-door").path("status").asText()).isEqualTo("UP");
    JsonNode details = cameras.path("front-door").path("details");
    assertThat(details.path("state").asText()).isEqualTo("PLAYING");
    assertThat(details.path("url").asText()).startsWith("rtsp://127.0.0.1:");
    assertThat(details.path("packets").asLong()).isGreaterThanOrEqualTo(20);
    assertThat(cameras.path("yard").path("status").asText()).isEqualTo("DOWN");
    assertThat(cameras.path("yard").path("details").path("reason").asText()).contains("refused");
    assertThat(health.toString() + get(port, "/actuator/configprops")).doesNotContain(PASSWORD);
    assertThat(get(port, "/actuator/health/cameras/front-door").path("status").asText())
        .isEqualTo("UP");
  }

  private static JsonNode get(String port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }

  private static void assertIsMetered(MeterRegistry registry) {
    assertThat(
            registry
                .get("photofinish.packets")
                .tag("camera", "front-door")
                .tag("media", "video")
                .functionCounter()
                .count())
        .isPositive();
    assertThat(registry.get("photofinish.limiter.limit").gauge().value()).isEqualTo(64);
  }
}
