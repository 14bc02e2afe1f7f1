package dev.photofinish.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;

/**
 * Says which property of {@code photofinish} has a value of the wrong kind, such as an address
 * where cameras by name are expected. It comes before Spring Boot's own analyzer, which shows the
 * value with the password in it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongShapeAnalyzer extends AbstractFailureAnalyzer<BindException> {
  private static final ConfigurationPropertyName PREFIX =
      ConfigurationPropertyName.of(PhotofinishProperties.PREFIX);

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, BindException cause) {
    BindException innermost = innermost(cause);
    if (!(innermost.getCause() instanceof ConversionException)
        || !PREFIX.isAncestorOf(innermost.getName())) {
      return null;
    }
    return new FailureAnalysis(
        innermost.getName() + ": is not valid; expected " + expected(innermost),
        "Correct " + innermost.getName() + place(innermost.getProperty()) + ".",
        cause);
  }

  private static BindException innermost(BindException outer) {
    return outer.getCause() instanceof BindException inner ? innermost(inner) : outer;
  }

  private static String expected(BindException failure) {
    Class<?> type = failure.getTarget().getType().resolve(Object.class);
    if (Map.class.isAssignableFrom(type)) {
      return "the names of cameras, and below each its url and options";
    }
    return type == boolean.class || type == Boolean.class
        ? "true or false"
        : "another kind of value";
  }

  private static String place(@Nullable ConfigurationProperty property) {
    return property == null || property.getOrigin() == null ? "" : " in " + property.getOrigin();
  }
}
