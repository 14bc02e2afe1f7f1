package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes the requests of one connection and pairs answers with them (RFC 2326 section 12.17). */
final class Requests {
  /** Answers to keep-alives may be lost for as long as media flows; the oldest are forgotten. */
  private static final int MOST_OUTSTANDING = 16;

  private final String userAgent;
  private final Authenticator authenticator;
  private final boolean answersWithoutCseq;
  private final Map<Integer, Sent> outstanding = new LinkedHashMap<>();
  private int lastCseq;
  private @Nullable String session;

  Requests(String userAgent, Authenticator authenticator, boolean answersWithoutCseq) {
    this.userAgent = userAgent;
    this.authenticator = authenticator;
    this.answersWithoutCseq = answersWithoutCseq;
  }

  /** The session's id from now on; null for none. */
  void session(@Nullable String id) {
    session = id;
  }

  @Nullable String session() {
    return session;
  }

  /** The next request, with {@code extra} headers behind the usual ones. */
  RtspRequest make(Method method, String uri, Headers extra, long now) {
    Optional<String> authorization = authenticator.authorization(method, uri);
    Sent sent = new Sent(++lastCseq, method, uri, authorization.isPresent(), now);
    outstanding.put(sent.cseq(), sent);
    forgetOldest();
    Headers headers =
        Headers.of(
            HeaderNames.CSEQ, String.valueOf(sent.cseq()), HeaderNames.USER_AGENT, userAgent);
    if (authorization.isPresent()) {
      headers = headers.plus(HeaderNames.AUTHORIZATION, authorization.get());
    }
    if (session != null) {
      headers = headers.plus(HeaderNames.SESSION, session);
    }
    for (var header : extra.entries()) {
      headers = headers.plus(header.name(), header.value());
    }
    return RtspRequest.of(method, uri, headers);
  }

  private void forgetOldest() {
    Iterator<Sent> oldest = outstanding.values().iterator();
    oldest.next();
    if (outstanding.size() > MOST_OUTSTANDING) {
      oldest.remove();
    }
  }

  /** The request that {@code response} answers; null for an answer nobody waits for. */
  @Nullable Sent answeredBy(RtspResponse response) {
    OptionalInt cseq = response.cseq();
    if (cseq.isPresent()) {
      return outstanding.remove(cseq.getAsInt());
    }
    if (!answersWithoutCseq || outstanding.isEmpty()) {
      return null;
    }
    return outstanding.remove(outstanding.keySet().iterator().next());
  }

  /** Answers to what was sent so far mean nothing from now on. */
  void forgetAll() {
    outstanding.clear();
  }

  /** The latest request if it has no answer; null when it was answered. */
  @Nullable Sent latestUnanswered() {
    return outstanding.get(lastCseq);
  }

  /** The oldest request without an answer; null when all were answered. */
  @Nullable Sent oldestUnanswered() {
    return outstanding.isEmpty() ? null : outstanding.values().iterator().next();
  }
}
