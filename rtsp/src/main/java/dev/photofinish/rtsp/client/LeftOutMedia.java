package dev.photofinish.rtsp.client;

/**
 * One media that a camera describes and that is not played.
 *
 * @param media as {@link MediaStream#media}
 * @param codec as {@link MediaStream#codec}
 * @param reason human-readable: what was seen, such as {@code 404 Not Found to SETUP ...}
 */
public record LeftOutMedia(String media, String codec, String reason) {}
