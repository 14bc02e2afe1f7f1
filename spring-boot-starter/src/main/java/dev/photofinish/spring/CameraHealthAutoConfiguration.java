package dev.photofinish.spring;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The cameras in the health of an application, unless {@code management.health.cameras} is off. */
@AutoConfiguration(
    after = PhotofinishAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.actuate.autoconfigure.health."
            + "HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CameraStreams.class)
@ConditionalOnEnabledHealthIndicator("cameras")
final class CameraHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = {"camerasHealthIndicator", "camerasHealthContributor"})
  HealthContributor camerasHealthContributor(CameraStreams streams) {
    return new CameraHealth(streams);
  }
}
