package dev.photofinish.rtsp.message;

/**
 * A message and where in the connection it came, so that an error can say where.
 *
 * @param offset position in the connection of the message's first byte, from 0
 */
public record Received(RtspMessage message, long offset) {}
