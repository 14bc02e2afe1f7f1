/** The cost of a race, next to what is compared with it, in one run. */
@NullMarked
package dev.photofinish.benchmarks;

import org.jspecify.annotations.NullMarked;
