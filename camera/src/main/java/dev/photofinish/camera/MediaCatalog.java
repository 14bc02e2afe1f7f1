package dev.photofinish.camera;

import dev.photofinish.camera.media.G711;
import dev.photofinish.camera.media.MediaSource;
import dev.photofinish.camera.media.ToneSource;
import dev.photofinish.camera.media.VideoSource;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** The tracks of a camera, and the session description that shows them (RFC 4566). */
final class MediaCatalog {

  static final int VIDEO = 1;
  static final int AUDIO = 2;

  private final CameraOptions options;

  MediaCatalog(CameraOptions options) {
    this.options = options;
  }

  /** The {@code a=control} of a track, relative to {@code Content-Base}. */
  static String control(int track) {
    return "trackID=" + track;
  }

  /** A new source for track {@code id}, if the camera has it. */
  Optional<MediaSource> source(int id) {
    if (id == VIDEO) {
      return Optional.of(
          new VideoSource(
              options.get(Knob.FPS),
              options.get(Knob.KEY_INTERVAL),
              Clock.system(ZoneId.systemDefault())));
    }
    Audio audio = options.get(Knob.AUDIO);
    return id == AUDIO && audio != Audio.NONE
        ? Optional.of(new ToneSource(G711.valueOf(audio.name())))
        : Optional.empty();
  }

  /**
   * @param local the address that the client connected to
   */
  String describe(InetAddress local) {
    String family = local instanceof Inet6Address ? "IP6 " : "IP4 ";
    StringBuilder sdp = new StringBuilder("v=0\r\n");
    line(sdp, "o=- 1 1 IN " + family + local.getHostAddress().replaceAll("%.*", ""));
    line(sdp, "s=Photofinish simulated camera");
    line(sdp, "c=IN " + family + (local instanceof Inet6Address ? "::" : "0.0.0.0"));
    line(sdp, "t=0 0");
    line(sdp, "a=control:*");
    line(sdp, "a=range:" + new Recording(options).range());
    for (int id = VIDEO; id <= AUDIO; id++) {
      int track = id;
      source(id).ifPresent(source -> describe(sdp, track, source));
    }
    return sdp.toString();
  }

  private void describe(StringBuilder sdp, int track, MediaSource source) {
    line(sdp, "m=" + source.media() + " 0 RTP/AVP " + source.payloadType());
    source.attributes().forEach(attribute -> line(sdp, attribute));
    if (track == VIDEO) {
      for (String offer : options.get(Knob.KEY_FRAME_REQUESTS).offers()) {
        line(sdp, "a=rtcp-fb:" + source.payloadType() + " " + offer);
      }
    }
    line(sdp, "a=control:" + control(track));
  }

  private static void line(StringBuilder sdp, String text) {
    sdp.append(text).append("\r\n");
  }
}
