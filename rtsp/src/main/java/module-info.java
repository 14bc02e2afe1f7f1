/** RTSP for clients that stay connected: {@link dev.photofinish.rtsp.client.RtspClient}. */
@SuppressWarnings("module") // the relay is compiled after this module
module dev.photofinish.rtsp {
  requires transitive dev.photofinish.connect;
  requires transitive dev.photofinish.rtp;
  requires transitive dev.photofinish.rtsp.protocol;
  requires static org.jspecify;
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.handler;
  requires org.slf4j;

  exports dev.photofinish.rtsp.client;
  exports dev.photofinish.rtsp.loop to
      dev.photofinish.relay;
  exports dev.photofinish.rtsp.stream to
      dev.photofinish.relay;
}
