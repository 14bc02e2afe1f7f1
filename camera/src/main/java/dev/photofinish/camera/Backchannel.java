package dev.photofinish.camera;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way for audio to the camera (ONVIF Streaming Specification, section 5.3): one session at a
 * time may have it, and only who asks for it by {@code Require} is shown it.
 */
final class Backchannel {

  static final String TAG = "www.onvif.org/ver20/backchannel";
  static final int TRACK = 3;

  private final boolean there;
  private @Nullable CameraSession holder;
  private int channel;

  Backchannel(CameraOptions options) {
    this.there = options.get(Knob.BACKCHANNEL);
  }

  /** Whether {@code request} asks for it, and there is one. */
  boolean wantedBy(RtspRequest request) {
    return there && request.header("Require").filter(TAG::equals).isPresent();
  }

  /** Its media description. */
  static String description() {
    return "m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=sendonly\r\na=control:"
        + MediaCatalog.control(TRACK)
        + "\r\n";
  }

  /** Answers a SETUP of it, in a session that is there or in one of its own; over TCP alone. */
  RtspResponse setUp(RtspRequest request, Client client, Device device) {
    Optional<TransportOffer> offer =
        TransportOffer.choose(request.header("Transport").orElse(""), Transports.TCP, false);
    Optional<CameraSession> known = request.session().flatMap(device::session);
    if (offer.isEmpty()) {
      return RequestHandler.response(request, 461);
    }
    if (holder != null && known.filter(holder::equals).isEmpty()) {
      return RequestHandler.response(request, 453);
    }
    holder = known.orElseGet(() -> device.open(client, ""));
    channel = Math.max(0, offer.get().first());
    return RequestHandler.response(request, 200)
        .header("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1))
        .header("Session", holder.header());
  }

  void release(CameraSession session) {
    if (session == holder) {
      holder = null;
    }
  }

  /** Whether {@code frame} of a client with {@code session} is audio for the camera. */
  boolean hears(CameraSession session, ClientFrame frame) {
    return session == holder && frame.channel() == channel;
  }
}
