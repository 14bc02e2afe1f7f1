/**
 * Races as they happen: {@link dev.photofinish.connect.observe.RaceListener} for anyone, {@link
 * dev.photofinish.connect.observe.RaceProgress} for drawing them, the log and Java Flight Recorder.
 */
@NullMarked
package dev.photofinish.connect.observe;

import org.jspecify.annotations.NullMarked;
