package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.FeatureTags;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RtspRequest;
import java.util.ArrayList;
import java.util.List;

/** Reads the headers Require and Proxy-Require (RFC 2326 section 12.32). */
final class Requirements {
  private Requirements() {}

  /** Whether the client wants to send audio to the camera. */
  static boolean backChannel(RtspRequest request) {
    return all(request).contains(FeatureTags.BACK_CHANNEL);
  }

  /** What is required and not known here. */
  static List<String> unknown(RtspRequest request) {
    List<String> all = all(request);
    all.removeIf(FeatureTags.BACK_CHANNEL::equals);
    return all;
  }

  private static List<String> all(RtspRequest request) {
    var all = new ArrayList<String>();
    for (String name : List.of(HeaderNames.REQUIRE, HeaderNames.PROXY_REQUIRE)) {
      all.addAll(FeatureTags.parseAll(request.headers().all(name)));
    }
    return all;
  }
}
