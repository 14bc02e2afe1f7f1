package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.srtp.SrtpSender;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.key.MasterKey;
import dev.photofinish.rtsp.key.MediaKeys;
import java.util.HashMap;
import java.util.Map;

/**
 * Encrypts our reports on the tracks that are encrypted.
 *
 * <p>All reports of a connection are of one source, so what is sent under one key is counted as
 * one, for whichever track and session it is: an index is used once (RFC 3711 section 9.1). Keys
 * are few, one description's.
 */
final class SecuredReports {
  private final Map<MasterKey, SrtpSender> senders = new HashMap<>();

  /**
   * The compound packet as it is to be sent for {@code track}: as it is where the description does
   * not say that the media is encrypted.
   */
  byte[] seal(Track track, byte[] compound) {
    return track
        .keys()
        .filter(MediaKeys::promised)
        .map(keys -> sender(keys).rtcp(compound))
        .orElse(compound);
  }

  private SrtpSender sender(MediaKeys keys) {
    return senders.computeIfAbsent(keys.outgoing(), key -> new SrtpSender(SecuredTrack.srtp(key)));
  }
}
