package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A scheme and its parameters, of a challenge or of credentials. */
final class AuthParameters {
  private final String scheme;
  private final List<Parameter> parameters = new ArrayList<>();

  AuthParameters(String scheme) {
    this.scheme = scheme;
  }

  void add(Parameter parameter) {
    parameters.add(parameter);
  }

  String scheme() {
    return scheme;
  }

  boolean isScheme(String other) {
    return scheme.equalsIgnoreCase(other);
  }

  Optional<String> find(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.is(name))
        .findFirst()
        .flatMap(Parameter::value);
  }

  /** The parameter's value, or an error that names the parameters there are, not their values. */
  String require(String name) throws RtspFormatException {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      String names = String.join(", ", parameters.stream().map(Parameter::name).toList());
      throw new RtspFormatException(scheme + " parameters", names, name + "=\"...\"");
    }
    return value.get();
  }
}
