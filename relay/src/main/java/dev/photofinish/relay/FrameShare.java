package dev.photofinish.relay;

/**
 * How much of its pictures a camera has brought: 1 is all that its usual rate would be, 0 is none;
 * NaN where nobody watched.
 *
 * @param minute of the last minute
 * @param hour of the last hour
 * @param day of the last 24 hours
 */
public record FrameShare(double minute, double hour, double day) {}
