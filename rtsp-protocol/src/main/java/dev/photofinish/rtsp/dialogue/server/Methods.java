package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Method;
import java.util.List;
import java.util.stream.Collectors;

/** The methods that a server takes, as Public and Allow list them. */
final class Methods {
  static final List<Method> SERVED =
      List.of(
          Method.OPTIONS,
          Method.DESCRIBE,
          Method.ANNOUNCE,
          Method.SETUP,
          Method.PLAY,
          Method.RECORD,
          Method.PAUSE,
          Method.GET_PARAMETER,
          Method.SET_PARAMETER,
          Method.TEARDOWN);

  /** Those that a stream takes that is not published to (RFC 2326 section 12.4). */
  static final List<Method> OF_READERS =
      SERVED.stream()
          .filter(method -> !method.equals(Method.ANNOUNCE) && !method.equals(Method.RECORD))
          .toList();

  private Methods() {}

  static String text(List<Method> methods) {
    return methods.stream().map(Method::name).collect(Collectors.joining(", "));
  }

  /** RFC 2326 section 11.3: a method that is known and not served is 405, another one 501. */
  static Status refusal(Method method) {
    return Method.KNOWN.contains(method) ? Status.METHOD_NOT_ALLOWED : Status.NOT_IMPLEMENTED;
  }
}
