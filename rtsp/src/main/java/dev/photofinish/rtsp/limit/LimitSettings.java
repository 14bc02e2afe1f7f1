package dev.photofinish.rtsp.limit;

import java.time.Duration;

/**
 * The settings that a {@link LimitObserver} has from its stream.
 *
 * @param camera its name in log lines
 * @param reconnectionTimeout as the option: what a device asks for holds within this
 * @param racingTimeout as the option
 * @param racingTimeoutGiven whether the user set it, so that no race has more
 * @param responseTimeout as the option: no race of a slow device has more
 */
public record LimitSettings(
    String camera,
    Duration reconnectionTimeout,
    Duration racingTimeout,
    boolean racingTimeoutGiven,
    Duration responseTimeout) {}
