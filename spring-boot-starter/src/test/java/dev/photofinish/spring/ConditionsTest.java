package dev.photofinish.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.Connector;
import dev.photofinish.metrics.CameraMetrics;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.client.RtspClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The beans that an application has, and does not have, by its libraries, properties and beans. */
@Timeout(120)
class ConditionsTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PhotofinishAutoConfiguration.class,
                  CameraHealthAutoConfiguration.class,
                  CameraMetricsAutoConfiguration.class))
          .withPropertyValues(
              "photofinish.auto-startup=false", "photofinish.cameras.door.url=rtsp://192.0.2.1/");

  @Test
  void hasAClientAndStreamsThatStartWhenTheyAreAsked() {
    runner.run(
        context -> {
          assertThat(context).hasSingleBean(RtspClient.class);
          CameraStreams streams = context.getBean(CameraStreams.class);
          assertThat(streams.isRunning()).isFalse();
          assertThat(streams.names()).containsExactly("door");
          assertThatThrownBy(() -> streams.get("door"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("camera 'door' is not started");
          assertThatThrownBy(() -> streams.get("dor"))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("camera 'dor' is not in photofinish.cameras; expected one of [door]");

          streams.start();
          assertThat(streams.get("door").url()).isEqualTo("rtsp://192.0.2.1/");
          streams.stop();
          assertThat(streams.all()).isEmpty();
          streams.start();
          assertThat(streams.isRunning()).isTrue();
        });
  }

  @Test
  void hasNothingWhereItIsTurnedOff() {
    runner
        .withPropertyValues("photofinish.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(RtspClient.class)
                    .doesNotHaveBean(CameraStreams.class)
                    .doesNotHaveBean(HealthContributor.class));
  }

  @Test
  void leavesTheClientOfTheApplicationInItsPlace() {
    runner
        .withBean("own", RtspClient.class, RtspClient::new)
        .run(context -> assertThat(context).getBeanNames(RtspClient.class).containsExactly("own"));
  }

  @Test
  void dialsWithinTheLimiterOfTheProcessUnlessAnOptionSaysOtherwise() {
    runner.run(
        context ->
            assertThat(context.getBean(SharedDialLimiter.class))
                .isSameAs(Connector.processLimiter()));
    runner
        .withPropertyValues("photofinish.max-dials=7")
        .run(context -> assertThat(context.getBean(SharedDialLimiter.class).limit()).isEqualTo(7));
  }

  @Test
  void needsNoActuator() {
    runner
        .withClassLoader(new FilteredClassLoader(HealthContributor.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(CameraStreams.class)
                    .doesNotHaveBean("camerasHealthContributor"));
  }

  @Test
  void healthCanBeTurnedOff() {
    runner.run(context -> assertThat(context).hasBean("camerasHealthContributor"));
    runner
        .withPropertyValues("management.health.cameras.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("camerasHealthContributor"));
  }

  @Test
  void theHealthOfACameraThatIsNotStartedIsUnknown() {
    runner.run(
        context -> {
          CameraHealth health = context.getBean(CameraHealth.class);
          assertThat(health.getContributor("dor")).isNull();
          assertThat(health.getContributor("door"))
              .isInstanceOfSatisfying(
                  HealthIndicator.class,
                  door -> assertThat(door.health().getStatus()).isEqualTo(Status.UNKNOWN));
        });
  }

  @Test
  void hasMetersWhereThereIsARegistry() {
    runner.run(context -> assertThat(context).doesNotHaveBean(CameraMetrics.class));
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(context -> assertThat(context).hasSingleBean(CameraMetrics.class));
  }

  @Test
  void needsNoMicrometer() {
    runner
        .withClassLoader(new FilteredClassLoader("io.micrometer.core", "dev.photofinish.metrics"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CameraStreams.class));
  }

  @Test
  void anOldNettyIsNamed() {
    assertThatThrownBy(() -> NettyVersion.check(new FilteredClassLoader("io.netty.channel")))
        .hasMessage(
            "Netty on the class path is older than 4.2, which photofinish needs; set the property"
                + " netty.version of the build to 4.2.18.Final or newer");
  }
}
