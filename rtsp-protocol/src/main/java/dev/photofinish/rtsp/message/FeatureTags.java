package dev.photofinish.rtsp.message;

/** Values of the header Require (RFC 2326 section 12.32). */
public final class FeatureTags {
  /** Audio in the direction of the camera (ONVIF Streaming Specification section 5.3). */
  public static final String BACK_CHANNEL = "www.onvif.org/ver20/backchannel";

  private FeatureTags() {}
}
