package dev.photofinish.cli.gst;

import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.client.CameraFailedException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The payload of {@code error}.
 *
 * @param text one sentence
 * @param option empty where it is about none
 */
record ElementError(Kind kind, String text, String option) {

  /** The kind, from which the host makes one of GStreamer's errors. */
  enum Kind {
    SETTINGS,
    NOT_FOUND,
    NOT_AUTHORIZED,
    OPEN_READ,
    FAILED
  }

  /** A value that is not valid, or one that cannot be used. */
  static ElementError of(RuntimeException wrong) {
    Throwable cause = wrong instanceof UsageException ? wrong.getCause() : wrong;
    String option = cause instanceof InvalidOptionException invalid ? invalid.option() : "";
    String text = String.valueOf(wrong.getMessage());
    return option.equals("url")
        ? new ElementError(Kind.SETTINGS, withProperties(text), "location")
        : new ElementError(Kind.SETTINGS, text, option);
  }

  /** Names the element's properties in place of the command line's arguments. */
  private static String withProperties(String text) {
    return text.replaceFirst("^url:", "location:").replace("(--password)", "(user-pw)");
  }

  /** A stream that gave up. */
  static ElementError of(CameraFailedException failure) {
    return new ElementError(kind(failure.failure()), String.valueOf(failure.getMessage()), "");
  }

  private static Kind kind(TryFailure failure) {
    return switch (failure) {
      case WRONG_CREDENTIALS, CREDENTIALS_NEEDED, LOGIN_UNKNOWN -> Kind.NOT_AUTHORIZED;
      case NO_SUCH_STREAM, NO_SUCH_RANGE -> Kind.NOT_FOUND;
      case REFUSED_AT_ONCE, AT_CAPACITY, RESET_AFTER_ACCEPT, NO_SUCH_NAME, NOT_TRUSTED, OTHER ->
          Kind.OPEN_READ;
      case NO_TRANSPORT -> Kind.FAILED;
    };
  }

  String json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", Option.word(kind));
    map.put("text", SafeText.line(text));
    if (!option.isEmpty()) {
      map.put("option", option);
    }
    return Json.line(map);
  }
}
