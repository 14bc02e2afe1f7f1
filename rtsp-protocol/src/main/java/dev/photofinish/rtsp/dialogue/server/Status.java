package dev.photofinish.rtsp.dialogue.server;

/** The statuses that a server answers by itself (RFC 2326 section 7.1.1). */
enum Status {
  OK(200, "OK"),
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  PARAMETER_NOT_UNDERSTOOD(451, "Parameter Not Understood"),
  NOT_ENOUGH_BANDWIDTH(453, "Not Enough Bandwidth"),
  SESSION_NOT_FOUND(454, "Session Not Found"),
  NOT_VALID_IN_THIS_STATE(455, "Method Not Valid in This State"),
  AGGREGATE_NOT_ALLOWED(459, "Aggregate Operation Not Allowed"),
  ONLY_AGGREGATE_ALLOWED(460, "Only Aggregate Operation Allowed"),
  UNSUPPORTED_TRANSPORT(461, "Unsupported Transport"),
  /** RFC 4567 section 4. */
  KEY_MANAGEMENT_FAILURE(463, "Key Management Failure"),
  INTERNAL_ERROR(500, "Internal Server Error"),
  NOT_IMPLEMENTED(501, "Not Implemented"),
  UNAVAILABLE(503, "Service Unavailable"),
  GATEWAY_TIMEOUT(504, "Gateway Timeout"),
  VERSION_NOT_SUPPORTED(505, "RTSP Version Not Supported"),
  OPTION_NOT_SUPPORTED(551, "Option Not Supported");

  private final int code;
  private final String phrase;

  Status(int code, String phrase) {
    this.code = code;
    this.phrase = phrase;
  }

  int code() {
    return code;
  }

  String phrase() {
    return phrase;
  }

  /** The phrase of a status, or one for its class where it is none of these. */
  static String phrase(int code) {
    for (Status status : values()) {
      if (status.code == code) {
        return status.phrase;
      }
    }
    return code < 500 ? BAD_REQUEST.phrase : INTERNAL_ERROR.phrase;
  }

  /** The refusal with this status and its own phrase. */
  Refusal refusal() {
    return new Refusal(code, phrase);
  }
}
