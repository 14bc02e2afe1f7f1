package dev.photofinish.spring;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which property of {@code photofinish} is not known. It comes before Spring Boot's own
 * analyzer, which shows the value: of a misspelt {@code password} too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of(PhotofinishProperties.PREFIX);

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable root, UnboundConfigurationPropertiesException cause) {
    Set<ConfigurationProperty> unknown = cause.getUnboundProperties();
    if (!unknown.stream().allMatch(property -> PREFIX.isAncestorOf(property.getName()))) {
      return null;
    }
    String names =
        unknown.stream().map(UnknownPropertyAnalyzer::withPlace).collect(Collectors.joining(", "));
    return new FailureAnalysis(
        names
            + ": not known; expected url, user, password, tls-insecure or an option of a camera"
            + " by its name on the command line",
        "Correct the name or remove it.",
        cause);
  }

  private static String withPlace(ConfigurationProperty property) {
    return property.getOrigin() == null
        ? property.getName().toString()
        : property.getName() + " (" + property.getOrigin() + ")";
  }
}
