package dev.photofinish.simulation.year;

/**
 * Another client that wants to see something of a limited camera, such as a daily check. Times are
 * nanoseconds, {@code from} and {@code to} from the beginning of the life.
 *
 * @param to when it gives up
 * @param wants how long it wants to see
 * @param pause how long it waits before it dials again after it was refused or dropped
 */
record Visit(long from, long to, long wants, long pause) {}
