/** The time and memory of a process that is measured, as Linux counts them. */
@NullMarked
package dev.photofinish.benchmarks.process;

import org.jspecify.annotations.NullMarked;
