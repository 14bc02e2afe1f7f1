package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A request and its one answer. */
final class Exchange {
  private final ServerContext context;
  private final RtspRequest request;
  private @Nullable String session;
  private boolean answered;

  Exchange(ServerContext context, RtspRequest request) {
    this.context = context;
    this.request = request;
  }

  RtspRequest request() {
    return request;
  }

  boolean isAnswered() {
    return answered;
  }

  /** The answer is one of this session: it names it (RFC 2326 section 12.37). Null for none. */
  void of(@Nullable ServedSession of) {
    session = of == null ? null : of.id();
  }

  void answer(Status status) {
    answer(status, Headers.empty());
  }

  void answer(Status status, Headers headers) {
    answer(status.code(), status.phrase(), headers, Body.empty());
  }

  void answer(Status status, Headers headers, Body body) {
    answer(status.code(), status.phrase(), headers, body);
  }

  /** RFC 2326 section 11.3.6: "the response MUST include an Allow header". */
  void notNow(ServedSession of) {
    Headers allow = Headers.of(HeaderNames.ALLOW, Methods.text(of.allowed()));
    answer(Status.NOT_VALID_IN_THIS_STATE, allow);
  }

  void answer(Refusal refusal) {
    Duration later = refusal.retryAfter();
    Headers headers =
        later.isZero()
            ? Headers.empty()
            : Headers.of(HeaderNames.RETRY_AFTER, "" + Math.max(1, later.toSeconds()));
    if (refusal.status() == Status.METHOD_NOT_ALLOWED.code()) {
      headers = headers.plus(HeaderNames.ALLOW, Methods.text(Methods.OF_READERS));
    }
    String phrase =
        refusal.reason().isEmpty()
            ? Status.phrase(refusal.status())
            : Excerpt.show(refusal.reason());
    answer(refusal.status(), phrase, headers, Body.empty());
  }

  private void answer(int status, String phrase, Headers extra, Body body) {
    if (answered) {
      throw new IllegalStateException(request.method() + " has an answer already");
    }
    answered = true;
    Headers headers = head(context, request.cseq());
    if (session != null && !extra.has(HeaderNames.SESSION)) {
      headers = headers.plus(HeaderNames.SESSION, session);
    }
    for (var header : extra.entries()) {
      headers = headers.plus(header.name(), header.value());
    }
    context.send(new RtspResponse(status, phrase, headers, body));
  }

  /** The answer to what is no request, and has no exchange. */
  static RtspResponse toMalformed(ServerContext context, OptionalInt cseq) {
    Status status = Status.BAD_REQUEST;
    return RtspResponse.of(status.code(), status.phrase(), head(context, cseq));
  }

  private static Headers head(ServerContext context, OptionalInt cseq) {
    Headers numbered =
        cseq.isPresent()
            ? Headers.of(HeaderNames.CSEQ, String.valueOf(cseq.getAsInt()))
            : Headers.empty();
    return numbered.plus(HeaderNames.SERVER, context.settings().serverName());
  }
}
