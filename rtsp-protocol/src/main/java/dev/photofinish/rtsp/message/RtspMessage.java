package dev.photofinish.rtsp.message;

import java.util.OptionalInt;

/** A request or a response, RTSP/1.0 (RFC 2326 section 4). */
public sealed interface RtspMessage permits RtspRequest, RtspResponse {
  /** All headers in order. */
  Headers headers();

  /** What follows the headers, empty if nothing. */
  Body body();

  /** The first line, without user and password. */
  String startLine();

  /** The sequence number that pairs answers with requests; empty if missing or not a number. */
  default OptionalInt cseq() {
    return headers().first(HeaderNames.CSEQ).map(Syntax::unsigned).orElse(OptionalInt.empty());
  }
}
