package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;

/** Values of the header Require (RFC 2326 section 12.32). */
public final class FeatureTags {
  /** Audio in the direction of the camera (ONVIF Streaming Specification section 5.3). */
  public static final String BACK_CHANNEL = "www.onvif.org/ver20/backchannel";

  /** Recordings with the time of each packet (ONVIF Streaming Specification section 6). */
  public static final String REPLAY = "onvif-replay";

  private FeatureTags() {}

  /** The tags of a header's values, in order. */
  public static List<String> parseAll(List<String> values) {
    var tags = new ArrayList<String>();
    values.forEach(value -> tags.addAll(Syntax.split(value, ',')));
    return tags;
  }
}
