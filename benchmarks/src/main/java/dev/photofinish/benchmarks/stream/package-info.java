/** A camera of a steady pace, for those who measure what receives from it. */
@NullMarked
package dev.photofinish.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
