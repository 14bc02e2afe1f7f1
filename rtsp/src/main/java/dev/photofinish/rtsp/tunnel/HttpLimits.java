package dev.photofinish.rtsp.tunnel;

import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;

/** The bounds of what a camera may say in HTTP. */
final class HttpLimits {
  private static final int MAX_STATUS_LINE = 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_CHUNK = 64 * 1024;

  private HttpLimits() {}

  static HttpClientCodec newCodec() {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(MAX_CHUNK);
    return new HttpClientCodec(limits, false, false);
  }
}
