package dev.photofinish.spring;

import dev.photofinish.connect.Connector;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.RtspClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The client and the streams of an application, unless it has beans of its own in their place. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "photofinish.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PhotofinishProperties.class)
final class PhotofinishAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  SharedHistory photofinishHistory(PhotofinishProperties properties) {
    return properties.option("history-file").map(this::history).orElseGet(SharedHistory::new);
  }

  private SharedHistory history(String file) {
    try {
      return SharedHistory.in(Path.of(file));
    } catch (InvalidPathException e) {
      throw new InvalidCameraPropertyException(
          PhotofinishProperties.PREFIX,
          new InvalidOptionException("history-file", file, "the name of a file"));
    }
  }

  /** That of the process where no option says otherwise, so that other races count too. */
  @Bean
  @ConditionalOnMissingBean
  SharedDialLimiter photofinishDialLimiter(PhotofinishProperties properties) {
    boolean given =
        DialLimiterOptions.OPTIONS.options().stream()
            .map(Option::name)
            .anyMatch(name -> properties.option(name).isPresent());
    try {
      return given
          ? new SharedDialLimiter(DialLimiterOptions.OPTIONS.read(properties::option))
          : Connector.processLimiter();
    } catch (InvalidOptionException e) {
      throw new InvalidCameraPropertyException(PhotofinishProperties.PREFIX, e);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  RtspClient rtspClient(SharedHistory history, SharedDialLimiter limiter) {
    NettyVersion.check(getClass().getClassLoader());
    return RtspClient.builder().history(history).limiter(limiter).build();
  }

  @Bean
  @ConditionalOnMissingBean
  CameraStreams cameraStreams(
      RtspClient client,
      PhotofinishProperties properties,
      ObjectProvider<CameraListener> listeners,
      ObjectProvider<CameraListenerFactory> factories) {
    return new CameraStreams(
        client,
        ConfiguredCamera.all(properties),
        name -> listenersOf(name, listeners, factories),
        properties.autoStartup());
  }

  private static List<CameraListener> listenersOf(
      String camera,
      ObjectProvider<CameraListener> listeners,
      ObjectProvider<CameraListenerFactory> factories) {
    return Stream.concat(
            listeners.orderedStream(),
            factories.orderedStream().map(factory -> factory.listener(camera)))
        .toList();
  }
}
