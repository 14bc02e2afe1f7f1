/**
 * Races, streams and storms on a virtual clock: {@link dev.photofinish.simulation.Replay} runs one
 * race against a described network, {@link dev.photofinish.simulation.Storm} many cameras that drop
 * at once, {@link dev.photofinish.simulation.SynLoss} says what loss theory predicts.
 */
@NullMarked
package dev.photofinish.simulation;

import org.jspecify.annotations.NullMarked;
