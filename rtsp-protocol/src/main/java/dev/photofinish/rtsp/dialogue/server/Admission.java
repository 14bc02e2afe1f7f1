package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.dialogue.server.Login.Judgement;
import dev.photofinish.rtsp.dialogue.server.Login.Verdict;
import java.util.Optional;

/**
 * Lets in who may read a stream, at DESCRIBE and SETUP, publish one, at ANNOUNCE, or talk to its
 * camera, at the DESCRIBE that asks for its back channel and at the SETUP of that.
 *
 * <p>What follows in a session needs no login: its id is known to this reader alone, and it ends
 * with the connection. So a nonce that has become old never costs a session its keep-alive. OPTIONS
 * says nothing of a stream and needs none, as FFmpeg's first request.
 */
final class Admission {
  /** The right of a reader to talk. */
  enum Right {
    GRANTED,
    DENIED,
    /** Not known; the request was answered with the demand. */
    LOGIN_NEEDED
  }

  private static final String NO_STREAM = "";

  private final ServerContext context;
  private final Access access;
  private final Login login;
  private int refused;

  Admission(ServerContext context, Access access, boolean encrypted) {
    this.context = context;
    this.access = access;
    this.login = new Login(access, encrypted, new Nonce(context));
  }

  /** The stream to serve; empty for a request that is refused, which is answered here. */
  Optional<StreamRequest> admit(Exchange exchange, StreamUrl url, Purpose purpose, long now) {
    String name = url.name();
    if (access.isOpen(purpose, name)) {
      return Optional.of(new StreamRequest(name, url.query(), Optional.empty()));
    }
    Optional<String> user = logIn(exchange, name, now);
    if (user.isPresent() && !access.isAllowed(purpose, user.get(), name)) {
      exchange.answer(unlessHidden(purpose, user.get()));
      return Optional.empty();
    }
    return user.map(who -> new StreamRequest(name, url.query(), Optional.of(who)));
  }

  /**
   * The answer to a user who lacks a right to a stream: the one that a name would have that is not
   * there, so that nobody learns which there are.
   */
  private Status unlessHidden(Purpose purpose, String user) {
    return access.isAllowed(purpose, user, NO_STREAM) ? Status.NOT_FOUND : Status.FORBIDDEN;
  }

  /**
   * One who asks to talk.
   *
   * @param user empty where anyone may, or the login is still needed
   */
  record Talker(Right right, Optional<String> user) {}

  /** Whether one who may read the stream may talk to its camera. */
  Talker talk(Exchange exchange, StreamRequest reads, long now) {
    String name = reads.name();
    if (access.isOpen(Purpose.TALK, name)) {
      return new Talker(Right.GRANTED, reads.user());
    }
    Optional<String> user = reads.user().isPresent() ? reads.user() : logIn(exchange, name, now);
    if (user.isEmpty()) {
      return new Talker(Right.LOGIN_NEEDED, user);
    }
    boolean allowed = access.isAllowed(Purpose.TALK, user.get(), name);
    return new Talker(allowed ? Right.GRANTED : Right.DENIED, user);
  }

  /** The user of a request; where there is none, it is answered here. */
  private Optional<String> logIn(Exchange exchange, String name, long now) {
    Judgement judgement = login.judge(exchange.request(), now);
    if (judgement.verdict() == Verdict.GRANTED) {
      return Optional.of(judgement.user());
    }
    refuse(exchange, judgement.verdict(), name, now);
    return Optional.empty();
  }

  /** The right that a session was given and has no more; empty where it has all that it needs. */
  Optional<Purpose> revoked(ServedSession session) {
    Purpose first = session.isPublishing() ? Purpose.PUBLISH : Purpose.READ;
    if (!isStillAdmitted(first, session.request())) {
      return Optional.of(first);
    }
    boolean talks = session.tracks().keySet().stream().anyMatch(session::isBackChannel);
    return talks && !isStillAdmitted(Purpose.TALK, session.request())
        ? Optional.of(Purpose.TALK)
        : Optional.empty();
  }

  /** As it was decided before, without another login: a user who was removed has no rights. */
  private boolean isStillAdmitted(Purpose purpose, StreamRequest request) {
    String name = request.name();
    return access.isOpen(purpose, name)
        || request
            .user()
            .filter(user -> access.find(user).isPresent())
            .filter(user -> access.isAllowed(purpose, user, name))
            .isPresent();
  }

  private void refuse(Exchange exchange, Verdict verdict, String name, long now) {
    exchange.answer(Status.UNAUTHORIZED, login.challenges(verdict, now));
    if (verdict == Verdict.WRONG) {
      refused++;
      context.command(new ServerCommand.LoginRefused(name));
    }
  }

  /** Whether so many logins were refused that the connection is to be closed. */
  boolean isExhausted() {
    return refused >= context.settings().failedLogins();
  }
}
