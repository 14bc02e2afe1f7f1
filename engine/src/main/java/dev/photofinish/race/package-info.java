/**
 * The race as a pure state machine: {@link dev.photofinish.race.Race} takes events and times and
 * gives commands, a deadline and a {@link dev.photofinish.race.RaceReport}. Nothing here opens a
 * socket, reads a clock, starts a thread, logs or draws a random number.
 */
@NullMarked
package dev.photofinish.race;

import org.jspecify.annotations.NullMarked;
