package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a camera asks its client (RFC 2326 section 10): some ask to learn whether the client
 * lives, and drop one that does not answer.
 */
final class ServerRequests {
  private static final Set<Method> ANSWERED =
      Set.of(
          Method.OPTIONS,
          Method.GET_PARAMETER,
          Method.SET_PARAMETER,
          Method.ANNOUNCE,
          Method.REDIRECT,
          Method.TEARDOWN);

  private static final String PUBLIC =
      "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, REDIRECT, TEARDOWN";

  private ServerRequests() {}

  static RtspResponse answer(RtspRequest request, @Nullable String session) {
    boolean known = ANSWERED.contains(request.method());
    Headers headers =
        Headers.of(HeaderNames.CSEQ, request.headers().first(HeaderNames.CSEQ).orElse("0"));
    if (session != null) {
      headers = headers.plus(HeaderNames.SESSION, session);
    }
    if (!known || request.method().equals(Method.OPTIONS)) {
      headers = headers.plus(HeaderNames.PUBLIC, PUBLIC);
    }
    return known
        ? RtspResponse.of(200, "OK", headers)
        : RtspResponse.of(501, "Not Implemented", headers);
  }
}
