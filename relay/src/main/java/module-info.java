/** One connection to a camera, any number of viewers: {@link dev.photofinish.relay.Relay}. */
@SuppressWarnings("module") // the fleet is compiled after this module
module dev.photofinish.relay {
  requires transitive dev.photofinish.rtsp;
  requires transitive dev.photofinish.media;
  requires static org.jspecify;
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires transitive io.netty.handler;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports dev.photofinish.relay;
  exports dev.photofinish.relay.rtsp;
  exports dev.photofinish.relay.source;
  exports dev.photofinish.relay.web;
  exports dev.photofinish.relay.web.access;
  exports dev.photofinish.relay.web.api to
      dev.photofinish.fleet;
  exports dev.photofinish.relay.web.http to
      dev.photofinish.fleet;

  uses dev.photofinish.media.picture.PictureDecoder;
}
