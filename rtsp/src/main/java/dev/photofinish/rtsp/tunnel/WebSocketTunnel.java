package dev.photofinish.rtsp.tunnel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** RTSP over WebSocket (RFC 6455) as ONVIF's Streaming Specification has it. */
final class WebSocketTunnel implements TunnelProtocol {
  private static final String SUBPROTOCOL = "rtsp.onvif.org";
  private static final int SWITCHING_PROTOCOLS = 101;

  /** RFC 6455 section 1.3. */
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int KEY_BYTES = 16;

  /** The longest interleaved frame has 64 KiB; some cameras put several into one frame. */
  private static final int MAX_FRAME = 1024 * 1024;

  private final String key;

  WebSocketTunnel(RandomGenerator random) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    key = Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void ask(HttpHeaders headers) {
    headers.set(HttpHeaderNames.UPGRADE, "websocket");
    headers.set(HttpHeaderNames.CONNECTION, "Upgrade");
    headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key);
    headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL);
  }

  /** RFC 6455 section 4.1; a camera that names no subprotocol is forgiven. */
  @Override
  public @Nullable String objection(HttpResponse answer) {
    HttpHeaders headers = answer.headers();
    if (answer.status().code() != SWITCHING_PROTOCOLS) {
      return "; expected 101, the upgrade to WebSocket";
    }
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)) {
      return " that upgrades to something else than WebSocket";
    }
    if (!accept().equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, "").strip())) {
      return " with a Sec-WebSocket-Accept that does not belong to the request";
    }
    String chosen = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL);
    return chosen.strip().equals(SUBPROTOCOL)
        ? null
        : " with subprotocol " + HttpAnswers.shown(chosen) + "; expected " + SUBPROTOCOL;
  }

  private String accept() {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  @Override
  public boolean opensWithHead() {
    return false;
  }

  @Override
  public void open(ChannelHandlerContext opener, HttpResponse answer) {
    WebSocketDecoderConfig frames =
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowExtensions(false)
            .maxFramePayloadLength(MAX_FRAME)
            .withUTF8Validator(false)
            .build();
    ChannelPipeline pipeline = opener.pipeline();
    String codec = pipeline.context(HttpClientCodec.class).name();
    WebSocketStream stream = new WebSocketStream();
    pipeline.replace(opener.handler(), null, stream);
    pipeline.addAfter(codec, null, new WebSocket13FrameEncoder(true));
    pipeline.addAfter(codec, null, new WebSocket13FrameDecoder(frames));
    pipeline.remove(codec);
    pipeline.context(stream).fireUserEventTriggered(TunnelEvent.OPEN);
  }

  @Override
  public String toString() {
    return "RTSP over WebSocket";
  }
}
