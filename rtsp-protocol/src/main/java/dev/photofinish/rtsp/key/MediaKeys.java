package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one media.
 *
 * @param promised whether the description says that the media is encrypted ({@code RTP/SAVP}); else
 *     it has keys, and what comes tells
 * @param incoming those that the camera may use, the likeliest first; never empty
 * @param rollovers the rollover counters of its sources, by their SSRC, as far as it says
 * @param outgoing that of our own packets
 * @param offer what the SETUP says of our key; empty where the camera's description says all
 */
public record MediaKeys(
    boolean promised,
    List<MasterKey> incoming,
    Map<Integer, Long> rollovers,
    MasterKey outgoing,
    Optional<String> offer) {

  public MediaKeys {
    incoming = List.copyOf(incoming);
    rollovers = Map.copyOf(rollovers);
  }

  /**
   * With the keys of the answer to SETUP, which come first.
   *
   * @param header the answer's KeyMgmt header
   * @throws RtspFormatException if they cannot be used
   */
  public MediaKeys answered(Optional<String> header) throws RtspFormatException {
    if (header.isEmpty()) {
      return this;
    }
    MikeyKeys answer = MikeyKeys.of(KeyMgmtHeader.parse(header.get()).data());
    List<MasterKey> all = new ArrayList<>(answer.keys());
    all.addAll(incoming);
    return new MediaKeys(promised, all, answer.rollovers(), outgoing, offer);
  }
}
