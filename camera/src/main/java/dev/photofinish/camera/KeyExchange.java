package dev.photofinish.camera;

/** The way by which a camera that encrypts its media (SRTP, RFC 3711) gives the keys. */
public enum KeyExchange {
  /** Nothing is encrypted. */
  NONE,
  /** In {@code a=crypto} of the session description, RFC 4568. */
  SDES,
  /** In {@code a=key-mgmt} of the session description, RFC 3830 and RFC 4567. */
  MIKEY
}
