package dev.photofinish.rtsp.dialogue;

import static dev.photofinish.rtsp.dialogue.Quirk.NO_CSEQ;
import static dev.photofinish.rtsp.dialogue.Quirk.WRONG_CSEQ;

import dev.photofinish.rtsp.message.Body;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the requests of one connection and pairs answers with them (RFC 2326 section 12.17). */
final class Requests {
  /** Answers to keep-alives may be lost for as long as media flows; the oldest are forgotten. */
  private static final int MOST_OUTSTANDING = 16;

  private final String userAgent;
  private final Authenticator authenticator;
  private final Set<Quirk> quirks;
  private final Map<Integer, Sent> outstanding = new LinkedHashMap<>();
  private int lastCseq;

  /** Answers to requests up to this one mean nothing any more. */
  private int forgotten;

  private boolean misnumbers;
  private @Nullable String session;

  Requests(String userAgent, Authenticator authenticator, Set<Quirk> quirks) {
    this.userAgent = userAgent;
    this.authenticator = authenticator;
    this.quirks = quirks;
  }

  /** The session's id from now on; null for none. */
  void session(@Nullable String id) {
    session = id;
  }

  @Nullable String session() {
    return session;
  }

  /** The next request, with {@code extra} headers behind the usual ones. */
  RtspRequest make(Method method, String uri, Headers extra, Body body, long now) {
    return make(method, uri, extra, body, false, now);
  }

  /**
   * The next request, a SETUP.
   *
   * @param datagrams whether the media is to come beside the connection
   */
  RtspRequest setUp(String uri, Headers extra, boolean datagrams, long now) {
    return make(Method.SETUP, uri, extra, Body.empty(), datagrams, now);
  }

  private RtspRequest make(
      Method method, String uri, Headers extra, Body body, boolean datagrams, long now) {
    Optional<String> authorization = authenticator.authorization(method, uri);
    boolean requires = extra.has(HeaderNames.REQUIRE);
    Sent sent =
        new Sent(++lastCseq, method, uri, authorization.isPresent(), requires, datagrams, now);
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
    return new RtspRequest(method, uri, headers, body);
  }

  private void forgetOldest() {
    Iterator<Sent> oldest = outstanding.values().iterator();
    Sent first = oldest.next();
    if (outstanding.size() > MOST_OUTSTANDING) {
      forgotten = first.cseq();
      oldest.remove();
    }
  }

  /** The request that {@code response} answers; null for an answer nobody waits for. */
  @Nullable Sent answeredBy(RtspResponse response) {
    OptionalInt cseq = response.cseq();
    Sent named = cseq.isPresent() ? outstanding.remove(cseq.getAsInt()) : null;
    boolean oldest =
        cseq.isPresent() ? misnumbers && isForeign(cseq.getAsInt()) : quirks.contains(NO_CSEQ);
    return named == null && oldest && !outstanding.isEmpty()
        ? outstanding.remove(outstanding.keySet().iterator().next())
        : named;
  }

  /** Whether a response that {@link #answeredBy} nothing may be the answer to what is open. */
  boolean isMisnumbered(RtspResponse response) {
    OptionalInt cseq = response.cseq();
    return quirks.contains(WRONG_CSEQ)
        && cseq.isPresent()
        && isForeign(cseq.getAsInt())
        && onlyUnanswered() != null;
  }

  /** Whether the number is none of a request whose answer may still be under way. */
  private boolean isForeign(int cseq) {
    return cseq < 1 || cseq > forgotten;
  }

  /** The camera counts on its own: answers come in the order of the requests from now on. */
  void misnumbers() {
    misnumbers = true;
  }

  /** The request without an answer, where there is exactly one; null else. */
  @Nullable Sent onlyUnanswered() {
    return outstanding.size() == 1 ? oldestUnanswered() : null;
  }

  /** The only open request was answered by another number. */
  void answered(Sent sent) {
    outstanding.remove(sent.cseq());
  }

  /** Answers to what was sent so far mean nothing from now on. */
  void forgetAll() {
    forgotten = lastCseq;
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
