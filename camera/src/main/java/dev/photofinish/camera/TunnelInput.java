package dev.photofinish.camera;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** The POST connection of a tunnel: what comes on it is answered on the GET connection. */
final class TunnelInput extends SimpleChannelInboundHandler<Object> {

  private final RtspConnection get;

  TunnelInput(RtspConnection get) {
    this.get = get;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    get.receive(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    get.close(HangUp.FIN, "the POST connection of its tunnel was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    get.failed(cause);
  }
}
