package dev.photofinish.connect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import javax.net.ssl.SSLHandshakeException;

/**
 * Keeps the end of a handshake back until the judge has decided about the server's certificate:
 * whoever waits for it sends nothing before.
 */
final class JudgedHandshake extends ChannelInboundHandlerAdapter {
  private final JudgedTrust trust;
  private final String host;
  private final CertificateJudge judge;
  private final Promise<Void> done = ImmediateEventExecutor.INSTANCE.newPromise();

  JudgedHandshake(JudgedTrust trust, String host, CertificateJudge judge) {
    this.trust = trust;
    this.host = host;
    this.judge = judge;
  }

  /** Completes with the decision, on the channel's event loop. */
  Future<Void> done() {
    return done;
  }

  /** The handshake alone has ended. */
  void handshaken(Future<?> handshake) {
    if (!handshake.isSuccess()) {
      done.tryFailure(handshake.cause());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    JudgedTrust.Doubt doubt = trust.doubt();
    if (event != SslHandshakeCompletionEvent.SUCCESS) {
      context.fireUserEventTriggered(event);
    } else if (doubt == null) {
      accepted(context);
    } else if (doubt.chain().isEmpty()) {
      decided(context, doubt, false);
    } else {
      var unused =
          judge
              .accepts(host, doubt.chain())
              .whenComplete(
                  (yes, failure) ->
                      context
                          .executor()
                          .execute(() -> decided(context, doubt, Boolean.TRUE.equals(yes))));
    }
  }

  private void accepted(ChannelHandlerContext context) {
    done.trySuccess(null);
    context.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
  }

  private void decided(ChannelHandlerContext context, JudgedTrust.Doubt doubt, boolean yes) {
    if (context.isRemoved() || !context.channel().isActive()) {
      return;
    }
    if (yes) {
      accepted(context);
      return;
    }
    SSLHandshakeException failure = new SSLHandshakeException(doubt.why().getMessage());
    failure.initCause(doubt.why());
    done.tryFailure(failure);
    context.fireUserEventTriggered(new SslHandshakeCompletionEvent(failure));
    var unused = context.close();
  }
}
