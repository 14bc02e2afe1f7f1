package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.key.MediaKeys;

/**
 * The keys that one media is described with. The object is the driver's, which finds its own again
 * in {@link TransportOffer.Secured}: what is sent under a key is counted over all its transports
 * (RFC 3711 section 9.1).
 */
public interface ServedKeys {
  /** The keys as they were described. */
  MediaKeys keys();
}
