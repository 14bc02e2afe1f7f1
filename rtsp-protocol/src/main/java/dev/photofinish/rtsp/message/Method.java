package dev.photofinish.rtsp.message;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request's method (RFC 2326 section 10). Open: a peer may know methods that we do not.
 *
 * @param name a token; methods are case-sensitive and written in capitals
 */
public record Method(String name) {
  public static final Method OPTIONS = new Method("OPTIONS");
  public static final Method DESCRIBE = new Method("DESCRIBE");
  public static final Method ANNOUNCE = new Method("ANNOUNCE");
  public static final Method SETUP = new Method("SETUP");
  public static final Method PLAY = new Method("PLAY");
  public static final Method PAUSE = new Method("PAUSE");
  public static final Method RECORD = new Method("RECORD");
  public static final Method TEARDOWN = new Method("TEARDOWN");
  public static final Method GET_PARAMETER = new Method("GET_PARAMETER");
  public static final Method SET_PARAMETER = new Method("SET_PARAMETER");
  public static final Method REDIRECT = new Method("REDIRECT");

  /** The methods of RFC 2326, in its order. */
  public static final List<Method> KNOWN =
      List.of(
          DESCRIBE,
          ANNOUNCE,
          GET_PARAMETER,
          OPTIONS,
          PAUSE,
          PLAY,
          RECORD,
          REDIRECT,
          SETUP,
          SET_PARAMETER,
          TEARDOWN);

  /** Refuses what is not a token. */
  public Method {
    if (!Syntax.isToken(name)) {
      throw new IllegalArgumentException("Not a method: " + Excerpt.of(name));
    }
  }

  /**
   * The methods of a Public or Allow header (RFC 2326 sections 12.4 and 12.28), in order. Cameras
   * write them in any case and leave commas without a method; both are forgiven, and so is anything
   * that is not a token.
   */
  public static Set<Method> parseAll(List<String> values) {
    var methods = new LinkedHashSet<Method>();
    for (String value : values) {
      for (String name : Syntax.split(value, ',')) {
        if (Syntax.isToken(name)) {
          methods.add(new Method(name.toUpperCase(Locale.ROOT)));
        }
      }
    }
    return Collections.unmodifiableSet(methods);
  }

  @Override
  public String toString() {
    return name;
  }
}
