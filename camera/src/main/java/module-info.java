/** A testkit: simulated cameras, misbehaving servers, and networks that lose. */
module dev.photofinish.camera {
  requires static org.jspecify;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.pkitesting;
  requires io.netty.transport;
  requires java.xml;
  requires jdk.httpserver;
  requires static org.junit.jupiter.api;
  requires org.slf4j;

  exports dev.photofinish.camera;
  exports dev.photofinish.camera.junit;
  exports dev.photofinish.camera.lab;
  exports dev.photofinish.camera.net;
  exports dev.photofinish.camera.onvif;
}
