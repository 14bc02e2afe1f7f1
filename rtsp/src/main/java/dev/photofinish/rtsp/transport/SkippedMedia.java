package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.message.MediaDescription;

/**
 * One media that could not be set up.
 *
 * @param reason human-readable
 */
public record SkippedMedia(MediaDescription media, String reason) {}
