package dev.photofinish.rtsp.message;

/**
 * A message and where in the connection it came, for errors that lead to the packet.
 *
 * @param offset position in the connection of the message's first byte, from 0
 */
public record Received(RtspMessage message, long offset) {

  /** An error found in this message, with its place. */
  public RtspFormatException locate(RtspFormatException error) {
    return error.at(offset, message.cseq());
  }
}
