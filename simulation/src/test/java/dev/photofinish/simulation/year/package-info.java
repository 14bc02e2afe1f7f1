/**
 * A simulated year of a camera's life, in which retry strategies and racing are compared by the
 * time without picture. The model and its parameters are described in {@code docs/auto.md}.
 */
@NullMarked
package dev.photofinish.simulation.year;

import org.jspecify.annotations.NullMarked;
