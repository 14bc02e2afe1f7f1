package dev.photofinish.rtsp.tunnel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One way to make a tunnel of an HTTP connection: what is asked for, and what follows. */
interface TunnelProtocol {
  /** Adds the headers that ask for the tunnel. */
  void ask(HttpHeaders headers);

  /**
   * Why an answer that is no refusal by its status does not open the tunnel, human-readable; null
   * if it does.
   */
  @Nullable String objection(HttpResponse answer);

  /** Whether the tunnel's bytes come behind the head of the answer, not behind its body. */
  boolean opensWithHead();

  /** Takes the place of the opener and of its codec. */
  void open(ChannelHandlerContext opener, HttpResponse answer);
}
