package dev.photofinish.relay.web.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is answered with an error; the message is for its sender. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Response response;

  public RefusedException(HttpResponseStatus status, String message) {
    this(Response.text(status, message), message);
  }

  private RefusedException(Response response, String message) {
    super(message);
    this.response = response;
  }

  static RefusedException methodNotAllowed(String allowed) {
    String message = "Here one may " + allowed + ".";
    Response response = Response.text(HttpResponseStatus.METHOD_NOT_ALLOWED, message);
    return new RefusedException(response.with(HttpHeaderNames.ALLOW, allowed), message);
  }

  /** No part of a file of so many bytes. */
  static RefusedException notSatisfiable(long size) {
    String message = "The file has " + size + " bytes.";
    Response response =
        Response.text(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE, message)
            .with(HttpHeaderNames.CONTENT_RANGE, "bytes */" + size);
    return new RefusedException(response, message);
  }

  public static RefusedException notFound(String message) {
    return new RefusedException(HttpResponseStatus.NOT_FOUND, message);
  }

  public static RefusedException badRequest(String message) {
    return new RefusedException(HttpResponseStatus.BAD_REQUEST, message);
  }

  Response response() {
    return response;
  }
}
