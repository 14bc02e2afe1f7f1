package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.srtp.SrtpSender;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.key.MasterKey;
import dev.photofinish.rtsp.key.MediaKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encrypts what we send on the tracks that are encrypted.
 *
 * <p>All that we send on a connection is of one source, so what is sent under one key is counted as
 * one, for whichever track and session it is: an index is used once (RFC 3711 section 9.1). Keys
 * are few, one description's.
 */
final class SecuredSender {
  private final Map<MasterKey, SrtpSender> senders = new HashMap<>();

  /**
   * The compound packet as it is to be sent for {@code track}: as it is where the description does
   * not say that the media is encrypted.
   */
  byte[] rtcp(Track track, byte[] compound) {
    return sender(track).map(sender -> sender.rtcp(compound)).orElse(compound);
  }

  /** The RTP packet as it is to be sent for {@code track}. */
  byte[] rtp(Track track, byte[] packet) {
    return sender(track).map(sender -> sender.rtp(packet)).orElse(packet);
  }

  private Optional<SrtpSender> sender(Track track) {
    return track.keys().filter(MediaKeys::promised).map(MediaKeys::outgoing).map(this::sender);
  }

  private SrtpSender sender(MasterKey outgoing) {
    return senders.computeIfAbsent(outgoing, key -> new SrtpSender(SecuredTrack.srtp(key)));
  }
}
