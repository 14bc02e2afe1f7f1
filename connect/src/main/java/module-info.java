/**
 * Races on Netty: DNS, sockets, TLS. {@link dev.photofinish.connect.Connector} is where to begin.
 */
@SuppressWarnings("module") // the RTSP client and the relay are compiled after this module
module dev.photofinish.connect {
  requires transitive dev.photofinish.engine;
  requires transitive dev.photofinish.host;
  requires static org.jspecify;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;
  requires io.netty.buffer;
  requires io.netty.codec.dns;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.resolver;
  requires io.netty.resolver.dns;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires jdk.jfr;
  requires org.slf4j;

  exports dev.photofinish.connect;
  exports dev.photofinish.connect.observe;
  exports dev.photofinish.connect.route;
  exports dev.photofinish.connect.channel to
      dev.photofinish.rtsp,
      dev.photofinish.relay;
  exports dev.photofinish.connect.cause to
      dev.photofinish.rtsp;
}
