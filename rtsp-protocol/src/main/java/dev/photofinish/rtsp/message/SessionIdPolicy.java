package dev.photofinish.rtsp.message;

/** The id that later requests name where a camera answers with several ({@code session-id}). */
public enum SessionIdPolicy {
  /** That of the first answer to SETUP, as RFC 2326 section 12.37 has it. */
  FIRST,
  /** That of the latest answer: cameras that make a new id with every SETUP. */
  NEWEST
}
