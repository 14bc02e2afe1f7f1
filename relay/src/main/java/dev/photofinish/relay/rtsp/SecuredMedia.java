package dev.photofinish.relay.rtsp;

import dev.photofinish.rtp.srtp.SrtpKey;
import dev.photofinish.rtp.srtp.SrtpReceiver;
import dev.photofinish.rtp.srtp.SrtpSender;
import dev.photofinish.rtp.srtp.SrtpSuite;
import dev.photofinish.rtsp.dialogue.server.ServedKeys;
import dev.photofinish.rtsp.key.KeyAgreement;
import dev.photofinish.rtsp.key.LocalSource;
import dev.photofinish.rtsp.key.MasterKey;
import dev.photofinish.rtsp.key.MediaKeys;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The key of one media of one description, and the counts of what was sent under it: no index is
 * used twice (RFC 3711 section 9.1), whatever a reader sets up, pauses and plays again. So one
 * transport at a time may use it.
 */
final class SecuredMedia implements ServedKeys {
  /** So many keys of a reader are tried at most: each costs a forged packet. */
  private static final int MOST_KEYS = 16;

  private final MediaKeys keys;
  private final SrtpSender sender;
  private final SentSequence sequence = new SentSequence();
  private boolean used;

  private SecuredMedia(MediaKeys keys) {
    this.keys = keys;
    this.sender = new SrtpSender(srtp(keys.outgoing()));
  }

  /**
   * A media with a new key.
   *
   * @param random draws the key
   * @param ssrc of what will be sent
   */
  static SecuredMedia draw(RandomGenerator random, long ssrc) {
    var local = new LocalSource(ssrc, InstantSource.system());
    return new SecuredMedia(new KeyAgreement(local, random).drawn());
  }

  @Override
  public MediaKeys keys() {
    return keys;
  }

  SrtpSender sender() {
    return sender;
  }

  SentSequence sequence() {
    return sequence;
  }

  /** The receiver of what comes under the keys that a reader and we agreed on. */
  static SrtpReceiver receiver(MediaKeys agreed) {
    return new SrtpReceiver(
        agreed.incoming().stream().distinct().limit(MOST_KEYS).map(SecuredMedia::srtp).toList(),
        agreed.rollovers());
  }

  private static SrtpKey srtp(MasterKey key) {
    SrtpSuite suite = SrtpSuite.valueOf(key.suite().name());
    return new SrtpKey(suite, key.key(), key.salt(), key.mki());
  }

  /** Takes it for a transport; false if another one has it. */
  boolean take() {
    boolean free = !used;
    used = true;
    return free;
  }

  /** The transport that took it is closed. */
  void leave() {
    used = false;
  }
}
