package dev.photofinish.spring;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in place of a stack trace which property is wrong, why, and in which file it stands. */
final class InvalidPropertyAnalyzer
    extends AbstractFailureAnalyzer<InvalidCameraPropertyException> {
  private final Environment environment;

  InvalidPropertyAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidCameraPropertyException cause) {
    String place = place(ConfigurationPropertyName.adapt(cause.property(), '.'));
    return new FailureAnalysis(
        cause.getMessage(), "Correct " + cause.property() + place + ".", cause);
  }

  private String place(ConfigurationPropertyName name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty property = source.getConfigurationProperty(name);
      if (property != null && property.getOrigin() != null) {
        return " in " + property.getOrigin();
      }
    }
    return "";
  }
}
