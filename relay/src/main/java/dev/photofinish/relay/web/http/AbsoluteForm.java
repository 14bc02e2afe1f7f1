package dev.photofinish.relay.web.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The absolute form of a request's target (RFC 9112 section 3.2.2), as clients send it that take
 * the server for a proxy: "a server MUST accept the absolute-form in requests even though most
 * HTTP/1.1 clients will only send the absolute-form to a proxy".
 */
final class AbsoluteForm {
  private static final Pattern FORM =
      Pattern.compile("https?://([^/?#]*)([^#]*)", Pattern.CASE_INSENSITIVE);

  private AbsoluteForm() {}

  /**
   * Makes one the origin form. "When an origin server receives a request with an absolute-form of
   * request-target, the origin server MUST ignore the received Host header field (if any) and
   * instead use the host information of the request-target."
   */
  static void resolve(FullHttpRequest request) {
    Matcher form = FORM.matcher(request.uri());
    if (!form.matches()) {
      return;
    }
    if (form.group(1).indexOf('@') >= 0) {
      throw RefusedException.badRequest("The address must have no user and password.");
    }
    request.headers().set(HttpHeaderNames.HOST, form.group(1));
    request.setUri(form.group(2).startsWith("/") ? form.group(2) : "/" + form.group(2));
  }
}
