package dev.photofinish.relay.web.http;

/**
 * An event in the pipeline of a connection whose answer has no end: who gets it may no longer.
 *
 * @param reason human-readable
 */
public record RightRevoked(String reason) {}
