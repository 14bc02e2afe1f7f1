package dev.photofinish.relay.web.http;

import dev.photofinish.option.InvalidOptionException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers that failures are. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** What is nobody's mistake but ours is logged. */
  static Response response(Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (failure instanceof RefusedException refused) {
      return refused.response();
    }
    if (failure instanceof InvalidOptionException invalid) {
      return Response.text(HttpResponseStatus.BAD_REQUEST, String.valueOf(invalid.getMessage()));
    }
    LOG.warn("a request could not be answered", failure);
    return Response.text(
        HttpResponseStatus.INTERNAL_SERVER_ERROR, "This failed; the relay's log says why.");
  }
}
