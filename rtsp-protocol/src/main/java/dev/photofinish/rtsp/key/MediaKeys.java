package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.message.Attribute;
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
   * The attributes that tell a reader the key of our packets, once for those that know SDES (RFC
   * 4568) and once for those that know MIKEY (RFC 4567). They are secret.
   */
  public List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("crypto", CryptoAttribute.of(outgoing)));
    offer.ifPresent(data -> attributes.add(new Attribute("key-mgmt", "mikey " + data)));
    return attributes;
  }

  /** Without the offer, which holds a key. */
  @Override
  public String toString() {
    return (promised ? "" : "possible ") + incoming;
  }

  /**
   * With the keys that the other side says at SETUP, which come first.
   *
   * @param header the KeyMgmt header of the answer, or of a reader's request
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
