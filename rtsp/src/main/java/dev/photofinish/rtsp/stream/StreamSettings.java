package dev.photofinish.rtsp.stream;

import java.time.Duration;

/**
 * The options that a stream's life follows, beside those of its {@link
 * dev.photofinish.retry.RetrySchedule}.
 *
 * @param camera its address for reasons, without user and password
 * @param stableAfter {@code stable-after}
 * @param maxRedirects {@code max-redirects}
 */
public record StreamSettings(String camera, Duration stableAfter, int maxRedirects) {}
