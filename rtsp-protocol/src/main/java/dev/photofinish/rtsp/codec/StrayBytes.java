package dev.photofinish.rtsp.codec;

/**
 * Bytes that were neither message nor frame and were skipped.
 *
 * <p>White space between messages is not reported. One run of stray bytes may be reported in parts.
 *
 * @param offset position in the connection of the first of them
 * @param length how many
 * @param excerpt the first of them, human-readable
 */
public record StrayBytes(long offset, int length, String excerpt) {}
