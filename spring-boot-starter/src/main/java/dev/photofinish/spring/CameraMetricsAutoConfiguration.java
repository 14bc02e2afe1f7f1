package dev.photofinish.spring;

import dev.photofinish.metrics.CameraMetrics;
import dev.photofinish.metrics.DialLimiterMetrics;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * The meters of docs/metrics.md where the application has a Micrometer registry; the tag {@code
 * camera} is the name in the configuration.
 */
@AutoConfiguration(
    after = PhotofinishAutoConfiguration.class,
    afterName =
        "org.springframework.boot.actuate.autoconfigure.metrics."
            + "CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({MeterRegistry.class, CameraMetrics.class})
@ConditionalOnBean(CameraStreams.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
final class CameraMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  CameraMetrics cameraMetrics(MeterRegistry registry) {
    return new CameraMetrics(registry);
  }

  @Bean
  CameraListenerFactory cameraMetricsListeners(CameraMetrics metrics) {
    return metrics::camera;
  }

  @Bean
  @ConditionalOnMissingBean
  DialLimiterMetrics dialLimiterMetrics(SharedDialLimiter limiter) {
    return new DialLimiterMetrics(limiter);
  }
}
