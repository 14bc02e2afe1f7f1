package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.dialogue.server.Login.Judgement;
import dev.photofinish.rtsp.dialogue.server.Login.Verdict;
import java.util.Optional;

/**
 * Lets in who may read a stream, at DESCRIBE and SETUP, or publish one, at ANNOUNCE.
 *
 * <p>What follows in a session needs no login: its id is known to this reader alone, and it ends
 * with the connection. So a nonce that has become old never costs a session its keep-alive. OPTIONS
 * says nothing of a stream and needs none, as FFmpeg's first request.
 */
final class Admission {
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
    if (purpose.isOpen(access, name)) {
      return Optional.of(new StreamRequest(name, url.query(), Optional.empty()));
    }
    Judgement judgement = login.judge(exchange.request(), now);
    if (judgement.verdict() != Verdict.GRANTED) {
      refuse(exchange, judgement.verdict(), name, now);
      return Optional.empty();
    }
    if (!purpose.isAllowed(access, judgement.user(), name)) {
      exchange.answer(Status.FORBIDDEN);
      return Optional.empty();
    }
    return Optional.of(new StreamRequest(name, url.query(), Optional.of(judgement.user())));
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
