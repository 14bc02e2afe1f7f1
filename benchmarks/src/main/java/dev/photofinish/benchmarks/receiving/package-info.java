/** The cost of received packets, beside the least that a loop in Java can cost. */
@NullMarked
package dev.photofinish.benchmarks.receiving;

import org.jspecify.annotations.NullMarked;
