package dev.photofinish.rtsp.message;

/** The scheme by which a camera is shown the credentials ({@code auth-scheme}). */
public enum AuthenticationScheme {
  /**
   * The strongest that is offered; Basic once more where it was offered beside a Digest that was
   * refused.
   */
  AUTO,
  /** Digest alone: the password itself is never sent. */
  DIGEST,
  /** Basic, where it is offered: for cameras that offer Digest too and refuse it. */
  BASIC
}
