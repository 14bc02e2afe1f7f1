/** RTSP as a protocol, without sockets: messages, codec and the dialogues of a connection. */
@SuppressWarnings("module") // its users are compiled after this module
module dev.photofinish.rtsp.protocol {
  requires static org.jspecify;
  requires transitive io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires transitive io.netty.transport;

  exports dev.photofinish.rtsp.message;
  exports dev.photofinish.rtsp.codec to
      dev.photofinish.rtsp,
      dev.photofinish.relay;
  exports dev.photofinish.rtsp.dialogue to
      dev.photofinish.rtsp;
  exports dev.photofinish.rtsp.dialogue.server;
  exports dev.photofinish.rtsp.key;
}
