package dev.photofinish.relay;

/**
 * The share of its pictures that a camera has brought: 1 is all of its usual rate, 0 is none; NaN
 * where nobody watched.
 *
 * @param minute of the last minute
 * @param hour of the last hour
 * @param day of the last 24 hours
 */
public record FrameShare(double minute, double hour, double day) {}
